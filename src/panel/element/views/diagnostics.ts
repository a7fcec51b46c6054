import { create } from '../create.js'
import type { Speech } from '../speech.js'

/** What a support ticket needs, read when somebody opens it. */
export function diagnosticsView({ label }: Speech, read: () => Promise<object>): HTMLElement {
  const text = create('pre', { tabindex: '0', role: 'region', 'aria-label': label('diagnostics'), dir: 'ltr' })
  const said = create('span', { role: 'status', class: 'hint' })

  const details = create(
    'details',
    {
      class: 'section',
      async toggle() {
        if (!details.open) return
        said.textContent = ''
        text.textContent = await read().then(
          (value) => JSON.stringify(value, null, 2),
          () => label('unreachable'),
        )
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
            said.textContent = label((await copy(text)) ? 'copied' : 'copy.selected')
          },
        },
        label('copy'),
      ),
      said,
    ),
  )
  return details
}

/** Without a secure context there is no clipboard, but what is selected can be copied by hand. */
async function copy(text: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.textContent)
    return true
  } catch {
    getSelection()?.selectAllChildren(text)
    return false
  }
}
