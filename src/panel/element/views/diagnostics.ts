import { create } from '../create.js'
import type { Speech } from '../speech.js'

/** What a support ticket needs, read when somebody opens it. */
export function diagnosticsView({ label }: Speech, read: () => Promise<object>): HTMLElement {
  const text = create('pre', { tabindex: '0', role: 'region', 'aria-label': label('diagnostics') })
  const said = create('span', { role: 'status' })
  const details = create(
    'details',
    {
      async toggle() {
        if (details.open) text.textContent = JSON.stringify(await read(), null, 2)
      },
    },
    create('summary', {}, label('diagnostics')),
    create('p', { class: 'hint' }, label('diagnostics.meaning')),
    text,
    create(
      'div',
      { class: 'actions' },
      create(
        'button',
        {
          type: 'button',
          async click() {
            await copy(text)
            said.textContent = label('copied')
          },
        },
        label('copy'),
      ),
      said,
    ),
  )
  return details
}

async function copy(text: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text.textContent)
  } catch {
    // Without a secure context there is no clipboard, but what is selected can be copied by hand.
    getSelection()?.selectAllChildren(text)
  }
}
