import { parseLicenseKey } from '../../domain/license-key.js'
import { create } from './create.js'
import type { Speech } from './speech.js'

const keyLength = 'FLVRXXXXXXXXXXXXXXXX'.length

/** The field for the license key. It repairs what is pasted and says while somebody types whether it can be a key. */
export function keyField({ label }: Speech): { readonly nodes: readonly Node[]; readonly input: HTMLInputElement } {
  const hint = create('p', { id: 'key-hint', class: 'hint', 'aria-live': 'polite' }, label('key.hint'))
  const input = create('input', {
    id: 'key',
    name: 'license-key',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    placeholder: 'FLVR-XXXX-XXXX-XXXX-XXXX',
    dir: 'ltr',
    'aria-describedby': 'key-hint',
    input() {
      const key = parseLicenseKey(input.value)
      // A whole key is written as it should be; nothing is moved under the fingers of somebody who still types.
      if (key !== undefined) input.value = key
      hint.textContent = remark(input.value)
      const bad = hint.textContent === label('key.bad')
      input.setAttribute('aria-invalid', String(bad))
    },
  })

  function remark(text: string): string {
    const typed = text.replace(/[^0-9a-z]/gi, '').toUpperCase()
    if (typed === '') return label('key.hint')
    if (parseLicenseKey(text) !== undefined) return label('key.good')
    const canBecomeKey = 'FLVR'.startsWith(typed.slice(0, 4)) && typed.length < keyLength
    return canBecomeKey ? label('key.missing', { count: keyLength - typed.length }) : label('key.bad')
  }

  return { nodes: [create('label', { for: 'key' }, label('key')), input, hint], input }
}
