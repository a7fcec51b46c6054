import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { createLicenseClient, type LicenseClient, type LicenseClientOptions } from '../../src/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const bakeryKey = 'FLVR-BAKE-RY00-0000-0001'
const businessKey = 'FLVR-BUSI-NESS-0000-0001'

/** Clients as products make them, which share one directory on the disk and one hub on loopback. */
async function shop() {
  const emulator = createEmulator()
  const { url, close } = await emulator.listen()
  const directory = temporaryDirectory()
  const clients: LicenseClient[] = []
  onTestFinished(async () => {
    for (const client of clients) await client.close()
    await close()
  })
  const open = (options: Partial<LicenseClientOptions> = {}): LicenseClient => {
    const client = createLicenseClient({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      directory,
      ...options,
      hub: { url, trustedKeys: emulator.keys, ...options.hub },
    })
    clients.push(client)
    return client
  }
  return { emulator, directory, open }
}

describe('clients that share a directory', () => {
  it('do not mix two products', async () => {
    const { open } = await shop()
    const bakery = { product: { slug: 'flavor-bakery', version: '2.0.0' } }
    await open().activate(key)
    expect(await open(bakery).verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    await open(bakery).activate(bakeryKey)
    expect(await open(bakery).verify({ offline: true })).toMatchObject({ state: 'licensed', features: ['recipes'] })
    await open(bakery).deactivate()
    expect(await open().verify({ offline: true })).toMatchObject({
      state: 'licensed',
      features: ['checkout', 'courier-tracking'],
    })
  })

  it('do not mix two domains', async () => {
    const { open, emulator } = await shop()
    await open({ domain: 'one.com' }).activate(businessKey)
    expect(await open({ domain: 'two.com' }).verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    await open({ domain: 'two.com' }).activate(businessKey)
    await open({ domain: 'one.com' }).deactivate()
    expect(await open({ domain: 'two.com' }).verify({ fresh: true })).toMatchObject({
      state: 'licensed',
      domain: 'two.com',
    })
    const license = emulator.licenses().find((candidate) => candidate.key === businessKey)
    expect(license?.activations.map(({ domain }) => domain)).toEqual(['two.com'])
  })

  it('are one where only the spelling of the domain differs', async () => {
    const { open } = await shop()
    await open({ domain: 'https://WWW.MySite.com/shop' }).activate(key)
    expect(await open().verify({ offline: true })).toMatchObject({ state: 'licensed', domain: 'mysite.com' })
  })

  it('are one installation, which keeps its slot over restarts', async () => {
    const { open, emulator } = await shop()
    for (let start = 0; start < 3; start += 1)
      expect(await open().activate(key)).toMatchObject({ outcome: 'activated' })
    const license = emulator.licenses().find((candidate) => candidate.key === key)
    expect(license?.activations).toHaveLength(1)
  })

  it('keep the key in the record alone, and that from everybody else', async () => {
    const { open, directory } = await shop()
    await open().activate(key)
    const holders = readdirSync(directory).filter((name) => plainText(join(directory, name)).includes(key))
    expect(holders.length).toBeGreaterThan(0)
    expect(holders.filter((name) => !name.startsWith('license-v1-'))).toEqual([])
    expect(readdirSync(directory).join()).not.toMatch(/ABCD|MNOP/)

    await open().deactivate()
    expect(readdirSync(directory).filter((name) => plainText(join(directory, name)).includes(key))).toEqual([])
  })
})

/** A file's text, with what a JWS holds as base64url beside it. */
function plainText(path: string): string {
  const content = readFileSync(path, 'utf8')
  return [content, ...content.split('.').map((part) => Buffer.from(part, 'base64url').toString())].join('\n')
}
