import { describe, expect, it, vi } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { createEmulator } from '../../src/emulator/index.js'
import { extendEngine } from '../../src/engine/engine.js'
import { createUseCases, type OpenUseCases } from '../../src/engine/use-cases.js'
import { createClient, type LicenseClient } from '../../src/license-client.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { hourMs, manualClock } from '../support/manual-clock.js'
import { key } from './emulated-hub.js'

/** A client whose other half the test brings, on a machine where a license has been activated. */
async function activatedClient(open: (whole: OpenUseCases) => OpenUseCases) {
  const clock = manualClock()
  const hub = createEmulator({ clock, rateLimit: { strategy: 'off' } })
  const ports = clientPorts({ clock, transport: fetchTransport(hub.fetch) })
  const close = vi.spyOn(ports.transport, 'close')
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: 'https://hub.example/api/v1', trustedKeys: hub.keys },
  })
  const whole: OpenUseCases = async (engine, verify) => createUseCases(extendEngine(engine, ports), verify)
  const start = (openUseCases: OpenUseCases): LicenseClient => createClient(settings, ports, openUseCases)
  await start(whole).activate(key)
  return { client: start(open(whole)), clock, close }
}

describe('a client that loads on demand', () => {
  it('gives the verdict from a fresh record without the rest', async () => {
    const { client } = await activatedClient(() => () => Promise.reject(new Error('This must not be asked for.')))
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(client.status().state).toBe('licensed')
    await client.close()
  })

  it('opens the rest once, whatever is asked of it', async () => {
    const opened = vi.fn()
    const { client } = await activatedClient((whole) => (engine, verify) => {
      opened()
      return whole(engine, verify)
    })
    await Promise.all([client.verify({ fresh: true }), client.checkUpdates(), client.explain()])
    expect(opened).toHaveBeenCalledTimes(1)
    await client.close()
  })

  it('takes files that are missing for an attempt that failed here, and finds them again', async () => {
    let missing = true
    const { client, clock } = await activatedClient(
      (whole) => (engine, verify) =>
        missing ? Promise.reject(new Error('Cannot find module')) : whole(engine, verify),
    )
    clock.advance(13 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'grace', lastAttempt: { reason: 'failed-here' } })
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', reason: 'failed-here' })
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'deferred', reason: 'failed-here' })
    missing = false
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    await client.close()
  })

  it('ends the connections of what is opened after it was closed', async () => {
    const { client, close } = await activatedClient((whole) => whole)
    const verdict = client.verify({ fresh: true })
    await client.close()
    expect((await verdict).state).toBe('licensed')
    expect(close).toHaveBeenCalled()
  })
})
