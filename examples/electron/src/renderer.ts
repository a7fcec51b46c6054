import type { LicenseApi } from './license-api.js'

declare global {
  interface Window {
    readonly license: LicenseApi
  }
}

const [form, input, status, giveUp] = ['form', 'input', 'output', '#give-up'].map((name) =>
  document.querySelector(name),
)

async function show(message?: string): Promise<void> {
  const verdict = await window.license.status()
  if (status) status.textContent = message ?? verdict.message
}

form?.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (!(input instanceof HTMLInputElement)) return
  const activation = await window.license.activate(input.value)
  await show(activation.outcome === 'activated' ? undefined : activation.message)
})

giveUp?.addEventListener('click', async () => {
  const deactivation = await window.license.deactivate()
  await show(deactivation.outcome === 'deferred' ? deactivation.message : undefined)
})

await show()
