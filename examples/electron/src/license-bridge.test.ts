import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import type { IpcMain } from 'electron'
import type { LicenseClient } from 'flavor-license'
import { createTestbed } from 'flavor-license/testing'
import type { LicenseApi } from './license-api.js'
import { answerLicenseCalls } from './license-bridge.js'

const page = 'file:///program/page/index.html'
const preload = await readFile(new URL('preload.cjs', import.meta.url), 'utf8')

type Listener = Parameters<IpcMain['handle']>[1]

/** Both processes of Electron in one, as far as the bridge goes: what the page at `url` finds as `window.license`. */
function openPage(license: LicenseClient, url = page): LicenseApi {
  const handlers = new Map<string, Listener>()
  answerLicenseCalls({ handle: (channel, listener) => void handlers.set(channel, listener) }, license, page)
  const exposed: { license?: LicenseApi } = {}
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: LicenseApi) => Object.assign(exposed, { [name]: api }) },
    ipcRenderer: {
      // Only what can be cloned passes from one process to the other.
      invoke: async (channel: string, ...input: readonly unknown[]) =>
        structuredClone(await handlers.get(channel)?.({ senderFrame: { url } } as never, ...structuredClone(input))),
    },
  }
  // As Electron's sandbox runs a preload script, which can load nothing but Electron itself.
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A preload script cannot load ${name}.`)
    return electron
  }
  runInNewContext(preload, { require, exports: {} })
  assert(exposed.license)
  return exposed.license
}

test('the page activates and gives up the license, and never sees the key', async () => {
  const testbed = createTestbed({ domain: 'auto' })
  const key = await testbed.grantLicense()
  const license = openPage(testbed.license)

  assert.equal((await license.deactivate()).outcome, 'deactivated')
  assert.equal((await license.status()).state, 'unlicensed')
  assert.equal((await license.activate(key)).outcome, 'activated')
  const verdict = await license.status()
  assert.equal(verdict.state, 'licensed')
  assert.equal(JSON.stringify(verdict).includes(key), false)
})

test('what is no key is refused in a sentence', async () => {
  const activation = await openPage(createTestbed().license).activate('hello')
  assert(activation.outcome === 'refused')
  assert.equal(activation.reason, 'invalid-key')
})

test('somebody else’s page gets no answer', async () => {
  const license = openPage(createTestbed().license, 'https://elsewhere.example/')
  await assert.rejects(license.status(), /Only the program itself/)
})

test('on day 20 without a network the page reads what to do', async () => {
  const testbed = createTestbed({ domain: 'auto' })
  await testbed.grantLicense()
  testbed.goOffline()
  await testbed.advance({ days: 20 })
  assert.match((await openPage(testbed.license).status()).message, /Connect this computer to the internet/)
})
