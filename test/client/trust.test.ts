import { describe, expect, it } from 'vitest'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { generateSigningKey, licenseKeySubject, signLicenseToken } from '../../src/issuing/index.js'
import { hourMs, minuteMs } from '../support/manual-clock.js'
import { type EmulatedHub, emulatedHub, key } from './emulated-hub.js'

/** Rewrites the hub's next answers to verify. */
function rewrite({ emulator }: EmulatedHub, change: (license: Record<string, unknown>) => object): void {
  emulator.faults.inject({
    kind: 'respond',
    route: 'verify',
    respond: async (_request, answer) => {
      const license: Record<string, unknown> = Object.assign({}, await (await answer()).json())
      return Response.json(change(license))
    },
  })
}

async function staleClient() {
  const hub = emulatedHub()
  const store = memoryRecordStore()
  const client = hub.client({}, { store })
  await client.activate(key)
  hub.clock.advance(13 * hourMs)
  return { hub, client, store }
}

const revokedByAnybody = { status: 'revoked', features: [], tier: 'free' }

describe('a client that pins the hub keys', () => {
  it('believes no answer without a signature', async () => {
    const { hub, client } = await staleClient()
    rewrite(hub, (license) => ({ ...license, ...revokedByAnybody, token: null }))
    const verdict = await client.verify()
    expect(verdict).toMatchObject({ state: 'grace', reason: 'proof-missing', source: 'record', tier: 'starter' })
    expect(client.has('checkout')).toBe(true)
  })

  it('believes no signature of somebody else', async () => {
    const { hub, client } = await staleClient()
    const forger = generateSigningKey(Object.keys(hub.emulator.keys)[0])
    rewrite(hub, (license) => ({ ...license, token: forgedToken(forger, hub.clock.now(), 'any') }))
    expect(await client.verify()).toMatchObject({ state: 'grace', reason: 'proof-invalid', tier: 'starter' })
  })

  it('tells its author once what does not fit about answers that prove nothing', async () => {
    const { hub } = await staleClient()
    const [[keyId = '', publicKey = ''] = []] = Object.entries(hub.emulator.keys)
    const client = hub.client({ hub: { trustedKeys: { mistaken: publicKey } } })
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', reason: 'proof-invalid' })
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred' })
    expect(client.told.warning).toEqual([
      {
        code: 'answers-unproven',
        message: expect.stringContaining(`(the token names the key "${keyId}", and pinned are "mistaken")`),
      },
    ])
  })

  it('believes no genuine token that answered an earlier request', async () => {
    const { hub, client } = await staleClient()
    const genuine: unknown[] = []
    rewrite(hub, (license) => {
      genuine.push(license['token'])
      return license
    })
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })

    hub.emulator.setLicense(key, { status: 'revoked' })
    hub.clock.advance(minuteMs)
    hub.emulator.faults.clear()
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
    rewrite(hub, (license) => ({ ...license, status: 'active', token: genuine[0] }))
    hub.clock.advance(6 * minuteMs)
    const verdict = await client.verify()
    expect(verdict).toMatchObject({ state: 'unlicensed', reason: 'revoked', source: 'record' })
    expect(verdict.lastAttempt).toMatchObject({ reason: 'proof-invalid' })
  })

  it('believes the token and not the body around it', async () => {
    const { hub, client } = await staleClient()
    rewrite(hub, (license) => ({ ...license, ...revokedByAnybody, activations: { used: 9, limit: 9 } }))
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub', tier: 'starter' })
  })

  it('activates nothing without proof, and keeps what it has', async () => {
    const hub = emulatedHub({ signing: false })
    const { keys } = emulatedHub().emulator
    const client = hub.client({ hub: { trustedKeys: keys } })
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', reason: 'proof-missing' })
    expect(client.status()).toMatchObject({ state: 'unknown' })
    expect(client.has('checkout')).toBe(false)
  })

  it('offers no update without proof', async () => {
    const { hub, client } = await staleClient()
    hub.emulator.faults.inject({
      kind: 'respond',
      route: 'updateCheck',
      respond: async (_request, answer) => {
        const check: unknown = await (await answer()).json()
        return Response.json(JSON.parse(JSON.stringify(check).replace(/"token":"[^"]*"/, '"token":null')))
      },
    })
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'deferred', reason: 'proof-missing' })
    hub.emulator.faults.clear()
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'available', release: { version: '1.5.0' } })
  })

  it('takes over a record that was made without pinned keys only after the hub has answered', async () => {
    const hub = emulatedHub()
    const store = memoryRecordStore()
    await hub.client({ hub: { trustedKeys: {} } }, { store }).activate(key)
    const pinned = hub.client({}, { store })
    expect(await pinned.verify({ offline: true })).toMatchObject({ state: 'unknown', reason: 'proof-missing' })
    expect(await pinned.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('lets tiers pass through that it does not know', async () => {
    const hub = emulatedHub()
    const outcome = await hub.client().activate('FLVR-PLAT-INUM-0000-0001')
    expect(outcome).toMatchObject({ outcome: 'activated', verdict: { state: 'licensed', tier: 'platinum' } })
  })
})

function forgedToken(forger: ReturnType<typeof generateSigningKey>, now: number, nonce: string): string {
  const iat = Math.floor(now / 1000)
  return signLicenseToken(forger, {
    iss: 'https://hub.example/api/v1',
    sub: licenseKeySubject(key),
    aud: 'flavor-starter',
    domain: 'mysite.com',
    tier: 'agency',
    features: ['everything'],
    status: 'active',
    license_exp: null,
    iat,
    exp: iat + 86_400,
    nonce,
  })
}
