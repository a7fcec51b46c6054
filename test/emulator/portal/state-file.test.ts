import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import { manualClock } from '../hub-under-test.js'
import { createdLicense, portalUnderTest } from './portal-under-test.js'
import { type WebhookReceiver, webhookReceiver } from './webhook-receiver.js'

let directory = ''
let stateFile = ''
let receiver: WebhookReceiver
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-portal-'))
  stateFile = join(directory, 'hub.json')
  receiver = await webhookReceiver()
})
afterEach(async () => {
  rmSync(directory, { recursive: true })
  await receiver.close()
})

/** A portal with one of everything, and an event that could not be delivered. */
async function filledPortal() {
  receiver.answerWith(503)
  const portal = portalUnderTest({ stateFile })
  await portal.call('POST', '/auth/register', {
    body: { email: 'new@shop.example', password: 'a-new-password', name: 'New' },
  })
  const { body: login } = await portal.login('reseller@flavor.example', 'reseller-password')
  const reseller = await portal.as('reseller')
  const { body: client } = await reseller.post('/clients', { email: 'owner@shop.example', name: 'Shop' })
  const { body: apiKey } = await reseller.post('/api-keys', { name: 'CI' })
  const { body: webhook } = await reseller.post('/webhooks', { url: receiver.url, events: ['license.created'] })
  const license = await createdLicense(reseller, { customer_id: client.id })
  await portal.emulator.deliverWebhooks()
  return { portal, login, client, apiKey, webhook, license, token: reseller.token }
}

describe('a state file', () => {
  it('keeps accounts, tokens, keys, clients, credits and webhooks across a restart', async () => {
    const before = await filledPortal()
    const after = portalUnderTest({ stateFile, clock: before.portal.clock })
    const { token } = before
    for (const path of ['/licenses', '/clients', '/api-keys', '/webhooks', '/licenses/pack-credits']) {
      const { status, body } = await after.call('GET', path, { token })
      expect([status, body], path).toEqual([200, (await before.portal.call('GET', path, { token })).body])
    }
    expect((await after.call('GET', '/licenses', { apiKey: before.apiKey.raw_key })).body).toEqual([before.license])
    const refresh = { refresh_token: before.login.refresh_token }
    expect((await after.call('POST', '/auth/refresh', { body: refresh })).status).toBe(200)
    expect((await after.login('new@shop.example', 'a-new-password')).status).toBe(200)
  })

  it('has one account for an address, however often it registers', async () => {
    const { portal } = await filledPortal()
    const body = { email: 'NEW@shop.example', password: 'another-password', name: 'Other' }
    expect((await portal.call('POST', '/auth/register', { body })).status).toBe(201)
    const { accounts } = JSON.parse(readFileSync(stateFile, 'utf8')).state.portal
    const emails = accounts.map(({ email }: { email: string }) => email)
    expect(new Set(emails).size).toBe(emails.length)
    expect(emails).toHaveLength(5)
  })

  it('keeps what a webhook is still to be told, and tells it after a restart', async () => {
    const { portal, license } = await filledPortal()
    expect(receiver.received).toHaveLength(1)
    const clock = manualClock(portal.clock.now() + 60_000)
    const restarted = createEmulator({ stateFile, clock })
    const { close } = await restarted.listen()
    await expect.poll(() => receiver.received.length).toBe(2)
    expect(receiver.received[1]?.event.data.license_id).toBe(license.id)
    await restarted.deliverWebhooks()
    await close()
    expect(JSON.parse(readFileSync(stateFile, 'utf8')).state.portal.deliveries).toEqual([])
  })

  it('holds no password, token or key that anybody could use, and is its owner’s alone', async () => {
    const { login, apiKey } = await filledPortal()
    const text = readFileSync(stateFile, 'utf8')
    for (const secret of [
      'reseller-password',
      'a-new-password',
      login.refresh_token,
      login.access_token,
      apiKey.raw_key,
    ]) {
      expect(text).not.toContain(secret)
    }
    expect(statSync(stateFile).mode & 0o777).toBe(0o600)
  })

  it('is left alone, its webhooks too, by an emulator that finds its port taken', async () => {
    const { portal } = await filledPortal()
    const { port, close } = await portal.emulator.listen()
    const kept = readFileSync(stateFile)
    const { ino, mtimeMs } = statSync(stateFile)
    const second = createEmulator({ stateFile, clock: manualClock(portal.clock.now() + 3_600_000) })
    await expect(second.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(readFileSync(stateFile).equals(kept)).toBe(true)
    expect([statSync(stateFile).ino, statSync(stateFile).mtimeMs]).toEqual([ino, mtimeMs])
    expect(receiver.received).toHaveLength(1)
    await close()
  })
})
