import { expect, it } from 'vitest'
import { hourMs, startOfTime } from '../support/manual-clock.js'
import { activatedClient, contractClient } from './contract-client.js'
import {
  deactivatedJson,
  json,
  key,
  licenseJson,
  licenseWith,
  notDeactivatedJson,
  noUpdateJson,
  updateJson,
} from './documented-answers.js'
import type { HubDouble } from './transport-way.js'

const licensed = {
  state: 'licensed',
  source: 'hub',
  domain: 'mysite.com',
  staging: false,
  licenseKey: 'FLVR-****-****-****-MNOP',
  message: 'The license is active.',
  tier: 'starter',
  features: ['checkout', 'courier-tracking'],
  expiresAt: Date.parse('2027-01-15T12:00:00Z'),
  verifiedAt: startOfTime,
  nextCheckAt: startOfTime + 12 * hourMs,
}

/** What the documented answers turn into. */
export function answersContract(opened: () => HubDouble): void {
  it.each([200, 201])('activate: %i with a license is activated', async (status) => {
    const client = contractClient(opened())
    opened().reply(json(status, licenseJson))
    expect(await client.activate(key)).toEqual({
      outcome: 'activated',
      verdict: licensed,
      activations: { used: 1, limit: 1 },
    })
  })

  it('activate: a lifetime license without a limit', async () => {
    const client = contractClient(opened())
    opened().reply(json(200, licenseWith({ expires_at: null, activations: { used: 40, limit: -1 } })))
    expect(await client.activate(key)).toMatchObject({
      verdict: { state: 'licensed', expiresAt: null },
      activations: { used: 40, limit: null },
    })
  })

  it.each(['free', 'agency', 'platinum', 'ultimate-2031'])('the tier %s passes through', async (tier) => {
    const client = contractClient(opened())
    opened().reply(json(200, licenseWith({ tier })))
    expect(await client.activate(key)).toMatchObject({ verdict: { state: 'licensed', tier } })
  })

  it('fields that nobody knows yet are ignored, and both spellings of UTC are read', async () => {
    const client = contractClient(opened())
    const answer = licenseWith({ expires_at: '2027-01-15T12:00:00+00:00', grace_days: 7, links: { self: '/' } })
    opened().reply(json(200, answer, { 'content-type': 'application/json; charset=utf-8' }))
    expect(await client.activate(key)).toEqual({
      outcome: 'activated',
      verdict: licensed,
      activations: { used: 1, limit: 1 },
    })
  })

  it.each([
    ['active', { state: 'licensed' }],
    ['revoked', { state: 'unlicensed', reason: 'revoked' }],
    ['expired', { state: 'unlicensed', reason: 'expired' }],
    ['inactive', { state: 'unlicensed', reason: 'not-activated' }],
  ])('verify: the status %s is the hub word', async (status, expected) => {
    const client = await activatedClient(opened())
    client.clock.advance(13 * hourMs)
    opened().reply(json(200, licenseWith({ status, server_time: '2026-01-16T01:00:00Z' })))
    expect(await client.verify()).toMatchObject({ ...expected, source: 'hub' })
  })

  it('deactivate: true frees the slot', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, deactivatedJson))
    expect(await client.deactivate()).toEqual({ outcome: 'deactivated', activations: { used: 0, limit: 1 } })
    expect(client.status()).toMatchObject({ state: 'unlicensed', reason: 'deactivated', licenseKey: null })
  })

  it('deactivate: false is a domain that was not activated', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, notDeactivatedJson))
    expect(await client.deactivate()).toEqual({ outcome: 'not-activated' })
    expect(client.status()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
  })

  it('update check: a newer release is available', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, updateJson))
    expect(await client.checkUpdates()).toMatchObject({
      outcome: 'available',
      currentVersion: '1.4.2',
      release: {
        slug: 'flavor-starter',
        version: '1.5.0',
        releasedAt: Date.parse('2026-01-01T08:30:00Z'),
        channel: 'stable',
        changelogUrl: 'https://docs.flavor.example/starter/1.5.0',
        requiresProduct: '>=1.2.0',
        mandatory: false,
        size: 262144,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        filename: 'flavor-starter-1.5.0.zip',
      },
    })
  })

  it('update check: without a release the product is current', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, noUpdateJson))
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'current', currentVersion: '1.4.2' })
  })

  it('update check: an older release is no update, whatever the hub says', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, updateJson.replaceAll('1.5.0', '1.4.1')))
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'current', currentVersion: '1.4.2' })
  })
}
