import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import { composeClient } from '../../src/compose-client.js'
import type { Verdict } from '../../src/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { hourMs, type ManualClock, manualClock, minuteMs } from '../support/manual-clock.js'
import { recordedAnswers } from '../support/recorded-answer.js'
import { type WireServer, wireServer } from '../support/wire-server.js'
import { type HubOnWire, hubOnWire } from './hub-on-wire.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const answers = recordedAnswers()

/** Verdicts of customers whose license is fine, after an answer that was not the hub's. */
const verdictsOfTheLicensed: Verdict[] = []

let server: WireServer
const transport = undiciTransport()
beforeAll(async () => {
  server = await wireServer()
})
afterAll(async () => {
  await transport.close()
  await server.close()
})

interface Scene {
  readonly client: LicenseClient
  readonly clock: ManualClock
  readonly hub: HubOnWire
}

function scene(pinned: boolean): Scene {
  const clock = manualClock()
  const hub = hubOnWire(server, clock, { signing: pinned })
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: hub.emulator.keys },
  })
  return { client: composeClient(settings, clientPorts({ clock, transport })), clock, hub }
}

async function activated(pinned: boolean): Promise<Scene> {
  const it = scene(pinned)
  expect(await it.client.activate(key)).toMatchObject({ outcome: 'activated', verdict: { state: 'licensed' } })
  return it
}

it('has more than twenty recorded wrong answers to try', () => {
  expect(answers.length).toBeGreaterThan(20)
})

describe.each([
  { hubs: 'a hub that signs', pinned: true },
  { hubs: 'a hub that does not sign', pinned: false },
])('in place of $hubs', ({ pinned }) => {
  describe.each(answers)('$name ($file)', ({ setback, bytes }) => {
    it('leaves a fresh license licensed', async () => {
      const { client, hub } = await activated(pinned)
      hub.interrupt(bytes)
      const verdict = await client.verify({ fresh: true })
      verdictsOfTheLicensed.push(verdict)
      expect(verdict).toMatchObject({ state: 'licensed', source: 'record', lastAttempt: { reason: setback } })
    })

    it('lets a stale license run in its grace period, until the hub itself answers', async () => {
      const { client, clock, hub } = await activated(pinned)
      clock.advance(13 * hourMs)
      hub.interrupt(bytes)
      const verdict = await client.verify()
      verdictsOfTheLicensed.push(verdict)
      expect(verdict).toMatchObject({ state: 'grace', reason: setback, source: 'record' })

      hub.speak()
      clock.advance(3 * minuteMs)
      expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
    })

    it('brings nobody in whom the hub has locked out', async () => {
      const { client, clock, hub } = await activated(pinned)
      hub.emulator.setLicense(key, { status: 'revoked' })
      const lockedOut = { state: 'unlicensed', reason: 'revoked' }
      expect(await client.verify({ fresh: true })).toMatchObject({ ...lockedOut, source: 'hub' })
      clock.advance(6 * minuteMs)
      hub.interrupt(bytes)
      expect(await client.verify()).toMatchObject({ ...lockedOut, source: 'record', lastAttempt: { reason: setback } })
    })

    it('activates nothing and gives nothing up', async () => {
      const { client, hub } = await activated(pinned)
      hub.interrupt(bytes)
      expect(await client.deactivate()).toMatchObject({ outcome: 'deferred', reason: setback })
      expect(client.status()).toMatchObject({ state: 'licensed' })

      const stranger = scene(pinned)
      stranger.hub.interrupt(bytes)
      const outcome = await stranger.client.activate(key)
      if (setback === 'refused') expect(['deferred', 'refused']).toContain(outcome.outcome)
      else expect(outcome).toMatchObject({ outcome: 'deferred', reason: setback })
      expect(stranger.client.status()).toMatchObject({ state: 'unknown' })
    })
  })
})

it('locks no customer out by any of them', () => {
  expect(verdictsOfTheLicensed).toHaveLength(answers.length * 4)
  expect(verdictsOfTheLicensed.filter(({ state }) => state !== 'licensed' && state !== 'grace')).toEqual([])
})
