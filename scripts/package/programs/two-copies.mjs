// Three copies of the package in one process, on one directory: by import, by require, and another version. Each reads
// what the others have written, while they all write.
import { createRequire } from 'node:module'
import * as imported from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import * as later from 'flavor-license-later'
import { key, openHub } from './hub.cjs'

const required = createRequire(import.meta.url)('flavor-license')
const copies = [imported, required, later]
if (new Set(copies.map(({ createLicenseClient }) => createLicenseClient)).size < 3) throw new Error('Two are one copy.')

const hub = await openHub(createEmulator)
const clients = copies.map(({ createLicenseClient }) => createLicenseClient(hub.options))
for (const client of clients) {
  await client.activate(key)
  const seen = await Promise.all(clients.map((other) => other.verify({ fresh: true })))
  await client.deactivate()
  const after = await Promise.all(clients.map((other) => other.verify({ offline: true })))
  const states = [...seen, ...after].map(({ state }) => state).join()
  if (states !== 'licensed,licensed,licensed,unlicensed,unlicensed,unlicensed') throw new Error(`They say ${states}.`)
}
for (const { createLicenseClient } of copies) {
  try {
    createLicenseClient({ ...hub.options, domain: '' })
    throw new Error('A product without a domain is none.')
  } catch (error) {
    if (!copies.every(({ isFlavorLicenseError }) => isFlavorLicenseError(error))) throw error
  }
}
await Promise.all(clients.map((client) => client.close()))
await hub.close()
