import { describe, expect, it } from 'vitest'
import { defaultSeed } from '../../src/emulator/index.js'
import {
  type LicenseTokenClaims,
  licenseKeySubject,
  signingKeyFromSeed,
  signLicenseToken,
  signOfflineLicenseToken,
} from '../../src/issuing/index.js'
import { dayMs } from '../support/manual-clock.js'
import { hubUrl, type Story, starterKey, tellStory } from './story.js'

const [seed] = defaultSeed().signing_keys
const vendorKey = signingKeyFromSeed(seed?.seed ?? '', seed?.kid)

function claims(story: Story, changes: Partial<LicenseTokenClaims> = {}): LicenseTokenClaims {
  const now = Math.floor(story.clock.now() / 1000)
  return {
    iss: hubUrl,
    sub: licenseKeySubject(starterKey),
    aud: 'flavor-starter',
    domain: 'mysite.com',
    tier: 'business',
    features: ['erp'],
    status: 'active',
    license_exp: null,
    iat: now,
    exp: now + 90 * 24 * 60 * 60,
    ...changes,
  }
}

const issue = (story: Story, changes?: Partial<LicenseTokenClaims>) =>
  signOfflineLicenseToken(vendorKey, claims(story, changes))

describe('an offline license', () => {
  it('works until its end without any request', async () => {
    const story = tellStory()
    const client = story.start()
    expect(await client.activateOffline(`${issue(story)}\n`)).toMatchObject({
      outcome: 'activated',
      verdict: { state: 'licensed', tier: 'business' },
    })
    story.clock.advance(80 * dayMs)
    const later = story.start()
    expect(await later.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(await later.checkUpdates()).toMatchObject({ outcome: 'refused', reason: 'offline-license' })
    story.clock.advance(11 * dayMs)
    expect(await later.verify()).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
    expect(story.requests).toEqual([])
  })

  it('for a named installation works there alone', async () => {
    const story = tellStory()
    const client = story.start()
    const { installationId, spokenInstallationId, domain, product } = await client.offlineRequest()
    expect({ domain, product }).toEqual({ domain: 'mysite.com', product: 'flavor-starter' })
    expect(spokenInstallationId).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    const token = issue(story, { installation_id: installationId })
    expect(await client.activateOffline(token)).toMatchObject({ outcome: 'activated' })
    expect(await tellStory().start().activateOffline(token)).toMatchObject({ reason: 'wrong-installation' })
  })

  it.each([
    ['another product', { aud: 'flavor-bakery' }, 'wrong-product'],
    ['another domain', { domain: 'other.com' }, 'wrong-domain'],
    ['another hub', { iss: 'https://other.example/api/v1' }, 'wrong-hub'],
    ['a license that is not active', { status: 'revoked' }, 'not-active'],
    ['an expired license', { status: 'expired' }, 'expired'],
    ['a license whose end has passed', { license_exp: 1 }, 'expired'],
    ['a token whose end has passed', { exp: 1 }, 'expired'],
    ['a token from the future', { iat: 4_000_000_000, exp: 4_100_000_000 }, 'from-the-future'],
  ] as const)('for %s is refused', async (_name, changes, reason) => {
    const story = tellStory()
    const client = story.start()
    expect(await client.activateOffline(issue(story, changes))).toMatchObject({ outcome: 'refused', reason })
    expect((await client.verify()).state).toBe('unknown')
  })

  it.each([
    ['nonsense', () => 'nonsense'],
    ['the token of an online license', (story: Story) => signLicenseToken(vendorKey, claims(story))],
    ['a token that is cut', (story: Story) => issue(story).slice(0, -4)],
  ])('that is %s is refused', async (_name, token) => {
    const story = tellStory()
    expect(await story.start().activateOffline(token(story))).toMatchObject({ reason: 'invalid-token' })
  })

  it('is refused where no key is pinned', async () => {
    const story = tellStory()
    expect(await story.start({ pinned: false }).activateOffline(issue(story))).toMatchObject({
      reason: 'no-trusted-keys',
    })
  })

  it('does not bring back what the hub has revoked since', async () => {
    const story = tellStory()
    const early = issue(story)
    story.clock.advance(dayMs)
    const client = story.start()
    await client.activate(starterKey)
    expect(await client.activateOffline(early)).toMatchObject({ outcome: 'refused', reason: 'outdated' })
    await client.deactivate()
    expect(await client.activateOffline(early)).toMatchObject({ outcome: 'refused', reason: 'outdated' })
  })

  it('is given up without asking the hub', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activateOffline(issue(story))
    expect(await client.deactivate()).toEqual({ outcome: 'deactivated', activations: null })
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
    expect(story.requests).toEqual([])
  })
})
