import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { runHere } from './fake-terminal.js'
import { keys, openShop } from './shop.js'

const hub = 'https://hub.example/api/v1'

/** A machine of the product that never sees the hub. */
function machine(publicKey: string, domain = 'mysite.com'): readonly string[] {
  return [
    ...['--hub', hub, '--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', domain],
    ...['--trusted-key', `vendor=${publicKey}`, '--directory', temporaryDirectory()],
  ]
}

async function vendor(): Promise<{ readonly keyFile: string; readonly publicKey: string }> {
  const keyFile = join(temporaryDirectory(), 'key.json')
  const { stdout } = await runHere(['keygen', '--key-id', 'vendor', '--out', keyFile, '--json'])
  return { keyFile, publicKey: JSON.parse(stdout).publicKey }
}

async function requestOf(options: readonly string[]): Promise<string> {
  const file = join(temporaryDirectory(), 'request.json')
  const { stdout } = await runHere(['request', '--json', ...options])
  writeFileSync(file, stdout)
  return file
}

async function issue(words: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await runHere(['issue', '--hub', hub, '--tier', 'business', ...words])
  expect(exitCode).toBe(0)
  const file = join(temporaryDirectory(), 'license.token')
  writeFileSync(file, stdout)
  return file
}

describe('keygen', () => {
  it('keeps the private key to this user, prints the public one, and overwrites nothing', async () => {
    const { keyFile, publicKey } = await vendor()
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    const before = readFileSync(keyFile, 'utf8')
    expect(JSON.parse(before)).toMatchObject({ kid: 'vendor', publicKey })
    const again = await runHere(['keygen', '--out', keyFile, '--json'])
    expect([again.exitCode, JSON.parse(again.stdout).code]).toEqual([2, 'key-file-exists'])
    expect(readFileSync(keyFile, 'utf8')).toBe(before)
    expect(again.stdout).not.toContain(JSON.parse(before).seed)
  })
})

describe('an offline license', () => {
  it('goes from the request to the seller and back, and works on that machine alone', async () => {
    const { keyFile, publicKey } = await vendor()
    const here = machine(publicKey)
    const request = await requestOf(here)
    const token = await issue(['--key-file', keyFile, '--request', request, '--feature', 'erp', '--valid-days', '30'])

    const activated = await runHere(['activate', '--token', token, '--json', ...here])
    expect(activated.exitCode).toBe(0)
    expect(JSON.parse(activated.stdout)).toMatchObject({
      outcome: 'activated',
      verdict: { tier: 'business', features: ['erp'] },
    })
    expect((await runHere(['status', ...here])).exitCode).toBe(0)

    const elsewhere = await runHere(['activate', '--token', token, '--json', ...machine(publicKey)])
    expect([elsewhere.exitCode, JSON.parse(elsewhere.stdout).reason]).toEqual([3, 'wrong-installation'])
  })

  it('can name the installation as it was read out over the telephone', async () => {
    const { keyFile, publicKey } = await vendor()
    const here = machine(publicKey)
    const { spokenInstallationId } = JSON.parse((await runHere(['request', '--json', ...here])).stdout)
    const product = ['--product', 'flavor-starter', '--domain', 'https://www.MySite.com/']
    const heard = spokenInstallationId.toLowerCase().replaceAll('-', ' ')
    const token = await issue(['--key-file', keyFile, ...product, '--installation', heard, '--valid-days', '30'])
    expect((await runHere(['activate', '--token', token, ...here])).exitCode).toBe(0)
  })

  it('is refused with the reason where it is for something else', async () => {
    const { keyFile, publicKey } = await vendor()
    const terms = ['--key-file', keyFile, '--any-installation', '--valid-days', '30']
    const bakery = await issue([...terms, '--product', 'flavor-bakery', '--domain', 'mysite.com'])
    const otherSite = await issue([...terms, '--product', 'flavor-starter', '--domain', 'other.com'])
    const here = machine(publicKey)
    const reasons = await Promise.all(
      [bakery, otherSite].map(
        async (token) => JSON.parse((await runHere(['activate', '--token', token, '--json', ...here])).stdout).reason,
      ),
    )
    expect(reasons).toEqual(['wrong-product', 'wrong-domain'])
    const foreign = await runHere(['activate', '--token', otherSite, '--json', ...machine((await vendor()).publicKey)])
    expect(JSON.parse(foreign.stdout).reason).toBe('invalid-token')
  })

  it('is read from standard input, too', async () => {
    const { keyFile, publicKey } = await vendor()
    const product = ['--product', 'flavor-starter', '--domain', 'mysite.com']
    const token = await issue(['--key-file', keyFile, ...product, '--any-installation', '--valid-days', '30'])
    const input = readFileSync(token, 'utf8')
    expect((await runHere(['activate', '--token', '-', ...machine(publicKey)], { input })).exitCode).toBe(0)
  })

  it.each([
    ['a key and a file at once', ['activate', keys.starter, '--token', 'x'], 'conflicting-option'],
    ['a license file that is not there', ['activate', '--token', '/nowhere/license.token'], 'unreadable-file'],
    ['no signing key', ['issue', '--hub', hub], 'missing-option'],
    ['a signing key that is not there', ['issue', '--key-file', '/nowhere/key.json'], 'key-file-unreadable'],
  ])('%s is wrong usage', async (_name, words, code) => {
    const options = words[0] === 'activate' ? machine((await vendor()).publicKey) : []
    const { exitCode, stdout } = await runHere([...words, '--json', ...options])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, code])
  })

  it.each([
    ['no end of the file', [], 'missing-option'],
    ['two ends of the file', ['--valid-days', '3', '--valid-until', '2027-01-01'], 'conflicting-option'],
    ['days that are no number', ['--valid-days', 'many'], 'invalid-validity'],
    ['a date that is none', ['--valid-until', 'tomorrow'], 'invalid-date'],
    ['a domain that is none', ['--valid-days', '3', '--domain', 'my site'], 'invalid-domain'],
    [
      'a misheard installation',
      ['--valid-days', '3', '--installation', '1SG6-BQMM-D1VD-V23X-69NR-HZ21-5KEH'],
      'misheard-installation',
    ],
  ])('%s is wrong usage of issue', async (_name, words, code) => {
    const { keyFile } = await vendor()
    const terms = ['--key-file', keyFile, '--hub', hub, '--product', 'flavor-starter', '--tier', 'business']
    const place = words.includes('--domain') ? [] : ['--domain', 'mysite.com']
    const where = words.includes('--installation') ? [] : ['--any-installation']
    const { exitCode, stdout } = await runHere(['issue', ...terms, ...place, ...where, ...words, '--json'])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, code])
  })

  it('warns of a signing key that others can read', async () => {
    const { keyFile } = await vendor()
    chmodSync(keyFile, 0o644)
    const words = ['--product', 'flavor-starter', '--domain', 'mysite.com', '--any-installation', '--valid-days', '3']
    const { exitCode, stderr } = await runHere([
      'issue',
      '--key-file',
      keyFile,
      '--hub',
      hub,
      '--tier',
      'free',
      ...words,
    ])
    expect(exitCode).toBe(0)
    expect(stderr).toContain('chmod 600')
  })
})

describe('reset', () => {
  it('forgets here and says that the activation stays taken', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const { exitCode, stdout } = await runHere(['reset', '--json', ...options])
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, { outcome: 'reset', removed: 2 }])
    expect((await runHere(['status', ...options])).exitCode).toBe(5)
    expect((await runHere(['reset', ...options])).stdout).toContain('nothing to forget')
  })
})
