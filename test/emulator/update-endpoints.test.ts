import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { packArchive } from '../../src/emulator/hub/sample-archive.js'
import { defaultSeed, parseSeed } from '../../src/emulator/index.js'
import { type HubUnderTest, hubUnderTest, keys } from './hub-under-test.js'

async function activated(license_key: string = keys.starter, options = {}): Promise<HubUnderTest> {
  const hub = hubUnderTest(options)
  await hub.post('/license/activate', { license_key })
  return hub
}

describe('update check', () => {
  it.each([
    ['1.4.2', undefined, true, '1.5.0'],
    ['1.5.0', undefined, false, '1.5.0'],
    ['1.5.0+build.7', undefined, false, '1.5.0'],
    ['2.0.0', undefined, false, '1.5.0'],
    ['1.5.0-rc.1', 'stable', true, '1.5.0'],
    ['1.5.0', 'beta', true, '1.6.0-beta.1'],
    ['1.6.0-beta.1', 'beta', false, '1.6.0-beta.1'],
    ['1.6.0', 'beta', false, '1.6.0-beta.1'],
  ])('from %s on channel %s: available %s, latest %s', async (current_version, channel, available, latest) => {
    const { postJson } = await activated()
    const { body } = await postJson('/update/check', { current_version, ...(channel ? { channel } : {}) })
    expect(body).toMatchObject({
      update_available: available,
      product_slug: 'flavor-starter',
      current_version,
      latest_version: latest,
    })
    if (available) expect(body.release).toMatchObject({ version: latest, slug: 'flavor-starter' })
    else expect(body.release).toBeNull()
  })

  it('orders versions by number, not by letter', async () => {
    const { postJson, emulator } = await activated()
    emulator.addRelease({ product: 'flavor-starter', version: '1.10.0', content: 'new' })
    emulator.addRelease({ product: 'flavor-starter', version: '1.9.0', mandatory: true })
    const { body } = await postJson('/update/check', { current_version: '1.9.0' })
    expect(body).toMatchObject({ update_available: true, latest_version: '1.10.0', release: { size: 3 } })
  })
})

describe('updates need a license in force on an activated domain', () => {
  const requests: readonly (readonly [string, object])[] = [
    ['/update/check', { current_version: '1.4.2' }],
    ['/update/info', {}],
    ['/update/download', { version: '1.5.0' }],
    ['/components/list', {}],
    ['/components/available', {}],
    ['/components/check', { installed: {} }],
    ['/components/card-payments/download', { version: '2.1.0' }],
  ]
  it.each(requests)('%s', async (path, body) => {
    const { postJson, emulator } = hubUnderTest()
    const code = async () => (await postJson(path, body)).body.code
    expect(await code()).toBe('domain_not_activated')
    await postJson('/license/activate')
    emulator.setLicense(keys.starter, { expiresAt: 0 })
    expect(await code()).toBe('license_expired')
    emulator.setLicense(keys.starter, { status: 'revoked' })
    expect(await code()).toBe('license_revoked')
  })
})

describe('update info', () => {
  it('describes the latest stable release, or the one that is asked for, with its changelog', async () => {
    const { postJson } = await activated()
    expect((await postJson('/update/info')).body).toMatchObject({
      version: '1.5.0',
      changelog: expect.stringContaining('courier tracking'),
    })
    expect((await postJson('/update/info', { version: '1.6.0-beta.1' })).body.channel).toBe('beta')
    expect(await postJson('/update/info', { version: '9.9.9' })).toMatchObject({
      status: 404,
      body: { code: 'release_not_found' },
    })
  })
})

describe('download', () => {
  const file = 'The whole file, all of it.'
  async function withFile(options = {}) {
    const hub = await activated(keys.starter, options)
    hub.emulator.addRelease({ product: 'flavor-starter', version: '2.0.0', content: file })
    return hub
  }

  it('sends the file with what a resume needs', async () => {
    const { post } = await withFile()
    const response = await post('/update/download', { version: '2.0.0' })
    expect(await response.text()).toBe(file)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': String(file.length),
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="flavor-starter-2.0.0.zip"',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    })
  })

  it.each([
    ['bytes=0-3', 206, file.slice(0, 4), 'bytes 0-3/26'],
    ['bytes=10-', 206, file.slice(10), 'bytes 10-25/26'],
    ['bytes=-5', 206, file.slice(-5), 'bytes 21-25/26'],
    ['bytes=-500', 206, file, 'bytes 0-25/26'],
    ['bytes=20-99', 206, file.slice(20), 'bytes 20-25/26'],
    ['bytes=26-', 416, '', 'bytes */26'],
    ['bytes=-0', 416, '', 'bytes */26'],
    ['bytes=5-4', 200, file, null],
    ['bytes=-', 200, file, null],
    ['bytes=0-1,3-4', 200, file, null],
    ['lines=0-1', 200, file, null],
  ])('answers Range %s with %i', async (range, status, text, contentRange) => {
    const { post } = await withFile()
    const response = await post('/update/download', { version: '2.0.0' }, { headers: { range } })
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
    expect(response.headers.get('content-range')).toBe(contentRange)
  })

  it('resumes only the same file, told apart by its entity tag and not by its date', async () => {
    const { post, emulator } = await withFile()
    const { headers } = await post('/update/download', { version: '2.0.0' })
    const resume = (validator = 'etag') =>
      post(
        '/update/download',
        { version: '2.0.0' },
        { headers: { range: 'bytes=4-', 'if-range': headers.get(validator) ?? '' } },
      )
    expect((await resume()).status).toBe(206)
    expect((await resume('last-modified')).status).toBe(200)
    emulator.addRelease({ product: 'flavor-starter', version: '2.0.0', content: 'Another file under the same name.' })
    const changed = await resume()
    expect(changed.status).toBe(200)
    expect(await changed.text()).toBe('Another file under the same name.')
  })

  it('can redirect to a URL on another host that holds no key and works for a minute', async () => {
    const { post, emulator, clock } = await withFile({ downloads: { delivery: 'redirect' } })
    const response = await post('/update/download', { version: '2.0.0' })
    const location = response.headers.get('location') ?? ''
    expect(response.status).toBe(302)
    expect(location).toMatch(/^https:\/\/downloads\.example\/files\/[0-9a-f]{32}$/)
    const part = await emulator.fetch(location, { headers: { range: 'bytes=0-2' } })
    expect([part.status, await part.text()]).toEqual([206, 'The'])
    expect(emulator.fileRequests).toEqual([{ method: 'GET', url: location, headers: { range: 'bytes=0-2' }, body: '' }])
    clock.advance(60_000)
    expect((await emulator.fetch(location)).status).toBe(403)
  })

  it.each([
    ['/update/download', '1.5.0', 'flavor-starter'],
    ['/components/card-payments/download', '2.1.0', 'card-payments'],
  ])('%s sends a zip archive that names its release, as the release states it', async (path, version, slug) => {
    const { post, postJson } = await activated()
    const bytes = new Uint8Array(await (await post(path, { version })).arrayBuffer())
    const files = unzipSync(bytes)
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toEqual({ slug, version })
    const stated =
      slug === 'flavor-starter'
        ? (await postJson('/update/info')).body
        : (await postJson('/components/check', { installed: { [slug]: '1.0.0' } })).body.items[0]
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const facts = { version, size: bytes.byteLength, sha256, filename: `${slug}-${version}.zip` }
    expect(stated).toMatchObject(slug === 'flavor-starter' ? facts : { release: facts })
  })

  it('packs the same bytes on every machine, whatever its time zone', () => {
    const here = packArchive({ 'a.txt': 'a' }, new Uint8Array(3))
    expect(createHash('sha256').update(here).digest('hex')).toBe(
      '2ce2d8986d61bdbd8bb7ede523f9d19b8b7198316e1739b8526fb7a133a8fc3a',
    )
  })

  it('packs the files that a release names', async () => {
    const { post, emulator } = await activated()
    emulator.addRelease({ product: 'flavor-starter', version: '3.0.0', content: { files: { '../x.txt': 'out' } } })
    const bytes = new Uint8Array(await (await post('/update/download', { version: '3.0.0' })).arrayBuffer())
    expect(strFromU8(unzipSync(bytes)['../x.txt'] ?? new Uint8Array())).toBe('out')
  })

  it('refuses a release that is not there', async () => {
    const { postJson } = await withFile()
    const { status, body } = await postJson('/update/download', { version: '3.0.0' })
    expect([status, body.code]).toEqual([404, 'release_not_found'])
  })
})

describe('components', () => {
  it.each([
    [keys.free, ['bank-transfer']],
    [keys.starter, ['bank-transfer', 'card-payments', 'parcel-courier']],
    [keys.business, ['bank-transfer', 'card-payments', 'parcel-courier', 'locker-courier', 'ledger-erp']],
    [
      keys.agency,
      ['bank-transfer', 'card-payments', 'parcel-courier', 'locker-courier', 'ledger-erp', 'multi-warehouse-erp'],
    ],
    [keys.unknownTier, ['bank-transfer']],
  ])('lists for %s what its tier includes, and offers the whole catalog', async (license_key, slugs) => {
    const { postJson } = await activated(license_key)
    const list = (await postJson('/components/list', { license_key })).body.items
    const catalog = (await postJson('/components/available', { license_key })).body.items
    expect(list.map(({ slug }: { slug: string }) => slug)).toEqual(slugs)
    expect(list[0]).not.toHaveProperty('entitled')
    expect(catalog).toHaveLength(6)
    expect(catalog.filter(({ entitled }: { entitled: boolean }) => entitled)).toHaveLength(slugs.length)
  })

  it('checks what is installed and leaves out what it does not offer to this license', async () => {
    const { postJson } = await activated()
    const { body } = await postJson('/components/check', {
      installed: { 'parcel-courier': '1.9.0', 'card-payments': '2.1.0', 'ledger-erp': '1.0.0', constructor: '1.0.0' },
    })
    expect(body.items).toEqual([
      {
        slug: 'card-payments',
        current_version: '2.1.0',
        latest_version: '2.1.0',
        update_available: false,
        release: null,
      },
      {
        slug: 'parcel-courier',
        current_version: '1.9.0',
        latest_version: '1.10.0',
        update_available: true,
        release: expect.objectContaining({ slug: 'parcel-courier', version: '1.10.0', token: expect.any(String) }),
      },
    ])
  })

  it('takes a slug for a slug, whatever else an object has under that name', async () => {
    const parts = { name: 'Parts', category: 'erp', required_tier: 'free', releases: [{ version: '1.0.0' }] }
    const components = [{ ...parts, slug: 'constructor' }]
    const { postJson } = await activated(keys.starter, {
      seed: parseSeed({
        signing_keys: defaultSeed().signing_keys,
        products: [{ slug: 'flavor-starter', name: 'Flavor Starter', releases: [], components }],
        licenses: [{ key: keys.starter, product: 'flavor-starter', tier: 'starter', expires_at: null }],
      }),
    })
    expect((await postJson('/components/check', { installed: {} })).body.items).toEqual([])
  })

  it('downloads by slug, version and tier', async () => {
    const { post, postJson } = await activated()
    const response = await post('/components/card-payments/download', { version: '2.1.0' })
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 66_103])
    for (const [slug, version, status, code] of [
      ['unheard-of', '1.0.0', 404, 'component_not_found'],
      ['ledger-erp', '3.0.0', 403, 'tier_not_entitled'],
      ['card-payments', '9.0.0', 404, 'release_not_found'],
    ] as const) {
      expect(await postJson(`/components/${slug}/download`, { version })).toMatchObject({ status, body: { code } })
    }
  })

  it('publishes a release of a component', async () => {
    const { post, emulator } = await activated()
    const content = new TextEncoder().encode('component')
    emulator.addRelease({ product: 'flavor-starter', component: 'card-payments', version: '3.0.0', content })
    expect(await (await post('/components/card-payments/download', { version: '3.0.0' })).text()).toBe('component')
  })
})
