import { create } from '../create.js'

export interface Question {
  readonly question: string
  readonly meaning: string
  readonly confirm: string
  readonly cancel: string
  /** Something is lost by it. */
  readonly isLoss: boolean
}

/** Asks before something that takes effort to undo. The answer that changes nothing has the focus, and Escape gives it. */
export function ask(panel: HTMLElement, { question, meaning, confirm, cancel, isLoss }: Question): Promise<boolean> {
  const answer = (value: string) => () => dialog.close(value)
  const dialog = create(
    'dialog',
    { role: 'alertdialog', 'aria-labelledby': 'question', 'aria-describedby': 'question-meaning' },
    create('h3', { id: 'question' }, question),
    create('p', { id: 'question-meaning' }, meaning),
    create(
      'div',
      { class: 'actions' },
      create('button', { type: 'button', click: answer('no'), autofocus: true }, cancel),
      create('button', { type: 'button', class: isLoss ? 'primary danger' : 'primary', click: answer('yes') }, confirm),
    ),
  )
  panel.append(dialog)
  dialog.showModal()
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    }),
  )
}
