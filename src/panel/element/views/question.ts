import { create } from '../create.js'
import type { Speech } from '../speech.js'

/** Asks before something that takes effort to undo. The answer that changes nothing has the focus. */
export function deactivationQuestion(
  { label }: Speech,
  domain: string,
  answers: { readonly confirm: () => void; readonly cancel: () => void },
): HTMLElement {
  const cancel = create('button', { type: 'button', click: answers.cancel, autofocus: true }, label('cancel'))
  return create(
    'div',
    {
      class: 'question',
      role: 'alertdialog',
      'aria-labelledby': 'question',
      'aria-describedby': 'question-meaning',
      keydown: (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Escape') answers.cancel()
      },
    },
    create('strong', { id: 'question' }, label('deactivate.question', { domain })),
    create('p', { id: 'question-meaning' }, label('deactivate.meaning')),
    create(
      'div',
      { class: 'actions' },
      cancel,
      create('button', { type: 'button', class: 'primary', click: answers.confirm }, label('deactivate.confirm')),
    ),
  )
}
