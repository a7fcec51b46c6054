import { parseLicenseKey } from '../../domain/license/license-key.js'
import { create } from './create.js'
import type { Speech } from './speech.js'

const keyLength = 'FLVRXXXXXXXXXXXXXXXX'.length

export interface KeyField {
  readonly nodes: readonly Node[]
  readonly input: HTMLInputElement
  /** From here on, somebody else has something to say about the key. */
  beSilent(): void
}

/** The field for the license key. It repairs what is pasted and says while somebody types whether it can be a key. */
export function keyField({ label }: Speech): KeyField {
  const hint = create('p', { id: 'key-hint', class: 'hint' }, label('key.hint'))
  // Only what changes once is announced, not each character that is still missing.
  const remark = create('p', { class: 'remark', role: 'status' })
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
      judge(input.value)
    },
  })

  function judge(text: string): void {
    const typed = text.replace(/[^0-9a-z]/gi, '').toUpperCase()
    const whole = parseLicenseKey(text) !== undefined
    const canBecomeKey = 'FLVR'.startsWith(typed.slice(0, 4)) && typed.length < keyLength
    const bad = !whole && !canBecomeKey
    hint.textContent =
      typed === '' || whole || bad ? label('key.hint') : label('key.missing', { count: keyLength - typed.length })
    const verdict = whole ? label('key.good') : bad ? label('key.bad') : ''
    if (remark.textContent !== verdict) remark.textContent = verdict
    remark.classList.toggle('bad', bad)
    input.setAttribute('aria-invalid', String(bad))
  }

  return {
    nodes: [create('label', { for: 'key' }, label('key')), input, hint, remark],
    input,
    beSilent: () => remark.replaceChildren(),
  }
}
