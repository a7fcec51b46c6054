import { create } from '../create.js'
import { keyField } from '../key-field.js'
import type { Speech } from '../speech.js'

/** The form in which a license key is entered. What was typed stays where it can be corrected. */
export function activationForm(
  speech: Speech,
  activate: (licenseKey: string) => void,
  ...further: readonly Node[]
): HTMLFormElement {
  const field = keyField(speech)
  return create(
    'form',
    {
      novalidate: true,
      submit(event) {
        event.preventDefault()
        // An empty field needs no hub to be found empty.
        if (field.input.value.trim() === '') {
          field.input.focus()
          return
        }
        field.beSilent()
        activate(field.input.value)
      },
    },
    ...field.nodes,
    create('div', { class: 'actions' }, create('button', { class: 'primary' }, speech.label('activate')), ...further),
  )
}
