import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { createLicenseClient } from '../../src/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { key } from './emulated-hub.js'

it('whoever watches the process hears each event on a channel, and never a license key', async () => {
  const names = ['verdict', 'update', 'warning', 'request'] as const
  const heard: (readonly [name: string, event: unknown])[] = []
  for (const name of names) {
    const listener = (event: unknown) => void heard.push([name, event])
    subscribe(`flavor-license:${name}`, listener)
    onTestFinished(() => void unsubscribe(`flavor-license:${name}`, listener))
  }

  const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: 'https://hub.example/api/v1' },
    directory: temporaryDirectory(),
    fetch: emulator.fetch,
  })
  const told: unknown[] = []
  for (const name of names) client.on(name, (event) => told.push([name, event]))
  await client.activate(key)
  await client.checkUpdates()
  await client.close()

  expect(heard.map(([name]) => name)).toEqual(['warning', 'request', 'verdict', 'request', 'update'])
  expect(heard).toEqual(told)
  expect(JSON.stringify(heard)).not.toContain('ABCD')
})
