import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runHere } from './fake-terminal.js'
import { openShop, temporaryDirectory } from './shop.js'

const complete = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
const good = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'

describe('wrong usage', () => {
  it.each<[string, string[]]>([
    ['missing-command', []],
    ['missing-command', complete],
    ['unknown-command', ['frobnicate']],
    ['unknown-option', ['verify', '--frobnicate', ...complete]],
    ['unknown-option', ['status', '--fresh', ...complete]],
    ['unknown-option', ['emulator', '--hub', 'http://127.0.0.1/api/v1']],
    ['excess-arguments', ['verify', 'mysite.com', ...complete]],
    ['excess-arguments', ['activate', 'FLVR', 'ABCD', ...complete]],
    ['option-missing-argument', ['verify', ...complete, '--hub']],
    ['option-missing-argument', ['verify', '--hub', '--fresh', ...complete]],
    ['missing-option', ['verify']],
    ['missing-option', ['activate', 'FLVR-ABCD-EFGH-IJKL-MNOP', '--domain', 'mysite.com']],
    ['missing-license-key', ['activate', ...complete]],
    ['conflicting-option', ['verify', '--fresh', '--offline', ...complete]],
    ['invalid-domain', ['verify', ...complete, '--domain', '']],
    ['invalid-domain', ['verify', ...complete, '--domain', 'my_site!.com']],
    ['invalid-product-slug', ['verify', ...complete, '--product', 'Flavor Starter']],
    ['invalid-version', ['verify', ...complete, '--product-version', 'latest']],
    ['invalid-hub-url', ['verify', ...complete, '--hub', 'http://hub.example/api/v1']],
    ['invalid-hub-url', ['verify', ...complete, '--hub', 'hub']],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', good]],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', `=${good}`]],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', 'k1=']],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', 'k1=AAEC']],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', `k1=${'A'.repeat(43)}`]],
    ['invalid-trusted-key', ['verify', ...complete, '--trusted-key', `k1=${good}`, '--trusted-key', 'k1=AAEC']],
    ['invalid-option', ['verify', ...complete, '--directory', '']],
  ])('is answered with %s and one sentence: %j', async (code, words) => {
    const directory = join(temporaryDirectory(), 'records')
    const place = words.includes('--directory') || words.length < 3 || words === complete || words[0] === 'emulator'
    const line = place ? words : [words[0] ?? '', '--directory', directory, ...words.slice(1)]

    const people = await runHere(line)
    expect([people.exitCode, people.stdout]).toEqual([2, ''])
    expect(people.stderr).toMatch(/^flavor-license: [A-Z].*[.]\n$/)

    const program = await runHere(['--json', ...line])
    expect([program.exitCode, program.stderr]).toEqual([2, ''])
    const answer = JSON.parse(program.stdout)
    expect(answer).toEqual({ outcome: 'error', code, message: expect.any(String) })
    expect(people.stderr).toBe(`flavor-license: ${answer.message}\n`)
    expect(existsSync(directory)).toBe(false)
  })

  it('names what is missing and the variables that would do', async () => {
    const { stderr } = await runHere(['verify', '--domain', 'mysite.com'])
    expect(stderr).toBe(
      'flavor-license: Missing: --product (or FLAVOR_LICENSE_PRODUCT), ' +
        '--product-version (or FLAVOR_LICENSE_PRODUCT_VERSION).\n',
    )
  })

  it('names "activate -" where a key is missing', async () => {
    expect((await runHere(['activate', ...complete])).stderr).toContain('"activate -"')
  })

  it('includes asking for help on a command that there is not', async () => {
    const { exitCode, stdout } = await runHere(['help', 'frobnicate', '--json'])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, 'unknown-command'])
  })

  it('suggests the option that was meant', async () => {
    expect((await runHere(['verify', '--ofline'])).stderr).toContain('(Did you mean --offline?)')
  })

  it('never repeats a license key that stands in the wrong place', async () => {
    const key = 'flvr-abcd-efgh-ijkl-mnop'
    for (const line of [[key], ['verify', `--key=${key}`], ['verify', '--domain', 'a.b', '--product', key]]) {
      const { exitCode, stdout, stderr } = await runHere(line)
      expect(exitCode).toBe(2)
      expect(`${stdout}${stderr}`).not.toMatch(/abcd|mnop/i)
    }
  })

  it('refuses a directory that is a file, and leaves the file alone', async () => {
    const { options } = await openShop()
    const file = join(temporaryDirectory(), 'file')
    writeFileSync(file, 'mine')
    const { exitCode, stdout } = await runHere(['verify', '--json', ...options, '--directory', file])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, 'directory-is-a-file'])
  })

  it('writes nothing for a key of the wrong shape', async () => {
    const { directory, options } = await openShop()
    expect((await runHere(['activate', 'FLVR-????-EFGH-IJKL-MNOP', ...options])).exitCode).toBe(3)
    expect(readdirSync(directory)).toEqual([])
  })

  it.each([
    ['en dashes and blanks', ' FLVR\u2013ABCD\u2013EFGH\u2013IJKL\u2013MNOP '],
    ['lower case', 'flvr-abcd-efgh-ijkl-mnop'],
    ['full-width letters', 'ＦＬＶＲ-ＡＢＣＤ-ＥＦＧＨ-ＩＪＫＬ-ＭＮＯＰ'],
  ])('repairs a key with %s', async (_what, key) => {
    const { options } = await openShop()
    expect((await runHere(['activate', key, ...options])).exitCode).toBe(0)
  })

  it('normalizes a domain with a scheme, a port and a path', async () => {
    const { options } = await openShop()
    const { stdout } = await runHere(['verify', '--json', ...options, '--domain', 'https://www.MySite.com:8080/shop'])
    expect(JSON.parse(stdout).domain).toBe('mysite.com')
  })
})

describe('an option', () => {
  it.each([
    ['before the command', (options: readonly string[]) => [...options, '--json', 'status']],
    ['after the command', (options: readonly string[]) => ['status', '--json', ...options]],
    [
      'on both sides',
      (options: readonly string[]) => ['--json', ...options.slice(0, 4), 'status', ...options.slice(4)],
    ],
    [
      'with an equals sign',
      (options: readonly string[]) => [`--hub=${options[1]}`, 'status', ...options.slice(2), '--json'],
    ],
  ])('is read %s', async (_where, arrange) => {
    const { options } = await openShop()
    const { exitCode, stdout } = await runHere(arrange(options))
    expect([exitCode, JSON.parse(stdout).reason]).toEqual([5, 'no-record'])
  })

  it('may have the name of a command as its value', async () => {
    const { stdout } = await runHere(['--product', 'verify', 'status', '--json', ...complete.slice(2)])
    expect(JSON.parse(stdout).state).toBe('unknown')
  })

  it('is resolved against the working directory where it names a directory', async () => {
    const { options } = await openShop()
    const cwd = temporaryDirectory()
    mkdirSync(join(cwd, 'here'))
    const line = ['activate', 'FLVR-ABCD-EFGH-IJKL-MNOP', ...options, '--directory', 'here/records']
    expect((await runHere(line, { cwd })).exitCode).toBe(0)
    expect(readdirSync(join(cwd, 'here', 'records'))).not.toEqual([])
  })
})
