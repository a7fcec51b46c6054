import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runBuilt } from './built-command-line.js'
import { runHere } from './fake-terminal.js'
import { keys, openShop, type Shop, temporaryDirectory } from './shop.js'

const slug = 'card-payments'
const seconds = { timeout: 30_000 }

/** A shop with an active license of the starter tier. */
async function openLicensedShop(): Promise<Shop> {
  const shop = await openShop({ rateLimit: { strategy: 'off' } })
  await runHere(['activate', keys.starter, ...shop.options])
  return shop
}

async function json({ options }: Shop, ...words: readonly string[]) {
  const { exitCode, stdout, stderr } = await runHere(['components', ...words, ...options, '--json'])
  expect(stdout.endsWith('\n')).toBe(true)
  expect(stdout.trimEnd()).not.toContain('\n')
  return { exitCode, stderr, answer: JSON.parse(stdout) }
}

describe('components', () => {
  it('available lists the whole catalog', async () => {
    const { exitCode, answer, stderr } = await json(await openLicensedShop(), 'available')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(answer).toEqual({ outcome: 'listed', items: expect.any(Array) })
    expect(answer.items).toContainEqual({
      slug: 'ledger-erp',
      name: 'Ledger ERP',
      category: 'erp',
      version: '3.0.0',
      requiredTier: 'business',
      entitled: false,
      installedVersion: null,
    })
  })

  it('go through a life: list, install, check, installed, update, rollback, remove', async () => {
    const shop = await openLicensedShop()
    const path = join(shop.directory, 'components', slug)
    expect((await json(shop, 'list')).answer.items).toHaveLength(3)

    const installed = await json(shop, 'install', slug)
    expect(installed).toMatchObject({ exitCode: 0, answer: { outcome: 'installed', component: { path } } })
    expect(installed.stderr).toMatch(/^card-payments: 100 %, .*verified$/m)
    expect(existsSync(join(path, 'manifest.json'))).toBe(true)

    expect(await json(shop, 'check')).toMatchObject({ exitCode: 0, answer: { outcome: 'current' } })
    shop.emulator.addRelease({ product: 'flavor-starter', component: slug, version: '2.2.0' })
    expect(await json(shop, 'check', '--fresh')).toMatchObject({ exitCode: 10, answer: { outcome: 'available' } })
    expect(await json(shop, 'update', slug)).toMatchObject({ exitCode: 0, answer: { replacedVersion: '2.1.0' } })
    expect(await json(shop, 'rollback', slug)).toMatchObject({ exitCode: 0, answer: { outcome: 'rolled-back' } })
    expect((await json(shop, 'installed')).answer.items).toMatchObject([{ slug, version: '2.1.0', state: 'in-place' }])
    expect(await json(shop, 'remove', slug)).toMatchObject({ exitCode: 0, answer: { outcome: 'removed' } })
    expect(existsSync(path)).toBe(false)
  })

  it('go where --to says', async () => {
    const shop = await openLicensedShop()
    const to = join(shop.directory, 'elsewhere')
    await json(shop, 'install', slug, '--to', to)
    expect(existsSync(join(to, slug, 'manifest.json'))).toBe(true)
    const download = await json(shop, 'download', 'bank-transfer', '--to', join(to, 'archives'))
    expect(download).toMatchObject({ exitCode: 0, answer: { outcome: 'downloaded' } })
    expect(existsSync(download.answer.path)).toBe(true)
  })

  it.each([
    ['install', 'ledger-erp', { reason: 'tier-not-entitled', requiredTier: 'business' }],
    ['install', 'teleport', { reason: 'unknown-component' }],
    ['update', slug, { reason: 'not-installed' }],
    ['rollback', slug, { reason: 'not-installed' }],
    ['remove', slug, { reason: 'not-installed' }],
  ])('%s %s answers 3 where it is refused', async (action, name, refusal) => {
    expect(await json(await openLicensedShop(), action, name)).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', ...refusal, message: expect.stringMatching(/\.|\)$/) },
    })
  })

  it('answer 5 where the hub does not decide', async () => {
    const shop = await openLicensedShop()
    await shop.hub.close()
    expect(await json(shop, 'available')).toMatchObject({ exitCode: 5, answer: { outcome: 'deferred' } })
  })

  it.each([
    [[], 'missing-argument'],
    [['teleport'], 'invalid-argument'],
    [['install'], 'missing-component'],
    [['list', slug], 'excess-arguments'],
    [['install', slug, '--to', ''], 'invalid-option'],
  ])('%j is wrong usage', async (words, code) => {
    expect(await json(await openShop(), ...words)).toMatchObject({ exitCode: 2, answer: { outcome: 'error', code } })
  })

  it('say what to do where the action is missing', async () => {
    const { exitCode, stderr } = await runHere(['components'])
    expect([exitCode, stderr]).toEqual([
      2,
      'flavor-license: Name what to do, such as list; flavor-license components --help says what there is.\n',
    ])
  })

  it.each(['install', 'update', 'rollback', 'remove'])(
    '%s without a directory names the option and the variable that would do',
    seconds,
    async (action) => {
      const home = temporaryDirectory()
      const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com', '--json']
      const env = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_DATA_HOME: home }
      const { exitCode, stdout } = await runBuilt(['components', action, slug, ...product], { env })
      expect([exitCode, JSON.parse(stdout)]).toEqual([
        2,
        {
          outcome: 'error',
          code: 'missing-option',
          message: 'Name the directory that components are to be in: --to DIRECTORY (or FLAVOR_LICENSE_COMPONENTS).',
        },
      ])
    },
  )

  it('are updated all at once without a slug, and one that fails stops no other', async () => {
    const shop = await openLicensedShop()
    for (const component of [slug, 'parcel-courier']) await json(shop, 'install', component)
    expect(await json(shop, 'update')).toMatchObject({ exitCode: 0, answer: { outcome: 'current' } })

    for (const component of [slug, 'parcel-courier']) {
      shop.emulator.addRelease({ product: 'flavor-starter', component, version: '9.0.0' })
    }
    shop.emulator.faults.inject({ route: 'componentDownload', kind: 'changed-byte', times: 1 })
    const first = await json(shop, 'update')
    expect(first.exitCode).toBe(3)
    expect(first.answer).toMatchObject({
      outcome: 'updated',
      items: [
        { slug, outcome: 'refused', reason: 'wrong-file' },
        { slug: 'parcel-courier', outcome: 'installed', component: { version: '9.0.0' } },
      ],
    })
    expect(await json(shop, 'update')).toMatchObject({
      exitCode: 0,
      answer: { outcome: 'updated', items: [{ slug, outcome: 'installed', replacedVersion: '2.1.0' }] },
    })
  })

  it('are shown to people in columns, and say which license a component needs', async () => {
    const shop = await openLicensedShop()
    const shown = async (...words: readonly string[]) =>
      (await runHere(['components', ...words, ...shop.options])).stdout
    expect(await shown('installed')).toBe('There are no components.\n')
    expect(await shown('check')).toBe('No component is installed here.\n')
    expect(await shown('update')).toBe('No component is installed here.\n')
    expect(await shown('install', slug)).toMatch(/has been installed[\s\S]*Version +2\.1\.0[\s\S]*Directory +\//)
    expect(await shown('install', slug)).toContain('installed already')
    expect(await shown('available')).toMatch(/ledger-erp +Ledger ERP 3\.0\.0, needs a license of the tier business/)
    expect(await shown('list')).toMatch(/card-payments +Card payments 2\.1\.0, installed: 2\.1\.0/)
    expect(await shown('installed')).toMatch(/card-payments +2\.1\.0 \//)
    expect(await shown('check')).toContain('up to date')
    shop.emulator.addRelease({ product: 'flavor-starter', component: slug, version: '2.2.0' })
    expect(await shown('check', '--fresh')).toMatch(/card-payments +2\.1\.0 → 2\.2\.0/)
    expect(await shown('update', slug)).toMatch(/Before +2\.1\.0/)
    expect(await shown('rollback', slug)).toContain('Version 2.2.0 has been rolled back.')
    expect(await shown('install', 'ledger-erp')).toContain('tier-not-entitled')
    expect(await shown('remove', slug)).toContain('has been removed')
  })
})
