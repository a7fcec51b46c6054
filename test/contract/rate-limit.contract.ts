import { describe, expect, it } from 'vitest'
import { hourMs, startOfTime } from '../support/manual-clock.js'
import { activatedClient, contractClient } from './contract-client.js'
import { html, json, key, licenseJson } from './documented-answers.js'
import { rateLimitAnswers } from './rate-limit-answers.js'
import type { HubDouble } from './transport-way.js'

/** The hub's longest documented window: nobody asks again sooner, whatever the answer says. */
const silenceMs = 60_000

/** What the many forms of "too many requests" turn into. */
export function rateLimitContract(opened: () => HubDouble): void {
  describe.each(rateLimitAnswers)('$name', ({ reply, asksFor }) => {
    const waitMs = Math.max(asksFor ?? 0, silenceMs)
    const deferred = {
      outcome: 'deferred',
      reason: 'rate-limited',
      message: 'The license server is busy. Wait a minute, then try again.',
      retryAt: startOfTime + waitMs,
    }

    it('defers an activation, a deactivation and an update check', async () => {
      opened().reply(reply)
      expect(await contractClient(opened()).activate(key)).toEqual(deferred)

      const client = await activatedClient(opened())
      opened().reply(reply)
      expect(await client.deactivate()).toEqual(deferred)
      expect(await client.checkUpdates()).toEqual(deferred)
      expect(client.status()).toMatchObject({ state: 'licensed' })
    })

    it('leaves the verdict alone', async () => {
      const client = await activatedClient(opened())
      client.clock.advance(13 * hourMs)
      opened().reply(reply)
      const verdict = await client.verify()
      expect(verdict).toMatchObject({ state: 'grace', reason: 'rate-limited' })
      expect(verdict.lastAttempt?.retryAt).toBeGreaterThanOrEqual(client.clock.now() + waitMs)
    })

    it('silences the category until then', async () => {
      const client = contractClient(opened())
      opened().reply(reply)
      await client.activate(key)
      const asked = opened().requests.length
      client.clock.advance(waitMs - 16_000)
      expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', retryAt: startOfTime + waitMs })
      expect(opened().requests.length).toBe(asked)

      client.clock.advance(16_000)
      opened().reply(json(200, licenseJson))
      expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    })
  })

  it('503 of nginx says nothing about our rate', async () => {
    opened().reply(html(503, '<center><h1>503 Service Temporarily Unavailable</h1></center>'))
    expect(await contractClient(opened()).activate(key)).toMatchObject({ outcome: 'deferred', reason: 'hub-failed' })
  })

  it('a 200 with the headers of a limiter is an answer like any other', async () => {
    const headers = { 'retry-after': '43', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1768478443.5' }
    opened().reply(json(200, licenseJson, headers))
    const client = contractClient(opened())
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('a 200 that says that nothing is left holds back its category until there is', async () => {
    const headers = { ratelimit: '"default";r=0;t=43', 'retry-after': '999' }
    opened().reply(json(200, licenseJson, headers))
    const client = contractClient(opened())
    await client.activate(key)
    const asked = opened().requests.length
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', retryAt: startOfTime + 43_000 })
    expect(opened().requests.length).toBe(asked)

    client.clock.advance(43_000)
    opened().reply(json(200, licenseJson))
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
  })
}
