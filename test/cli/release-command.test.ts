import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startHub } from './built-command-line.js'
import { runHere } from './fake-terminal.js'
import { temporaryDirectory } from './shop.js'

const hub = 'https://hub.example/api/v1'

interface Vendor {
  readonly directory: string
  readonly archive: string
  readonly terms: readonly string[]
  readonly keyFile: string
  readonly publicKey: string
}

async function vendor(at = hub): Promise<Vendor> {
  const directory = temporaryDirectory()
  const keyFile = join(temporaryDirectory(), 'key.json')
  const { stdout } = await runHere(['keygen', '--key-id', 'vendor', '--out', keyFile, '--json'])
  const archive = join(directory, 'starter-1.6.0.zip')
  writeFileSync(archive, 'an archive')
  const terms = ['--key-file', keyFile, '--hub', at, '--product', 'flavor-starter', '--version', '1.6.0']
  return { directory, archive, terms, keyFile, publicKey: JSON.parse(stdout).publicKey }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

describe('release sign', () => {
  it('prints the release for the hub, and nothing else', async () => {
    const { archive, terms } = await vendor()
    const { exitCode, stdout, stderr } = await runHere(['release', 'sign', archive, ...terms])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      product: 'flavor-starter',
      slug: 'flavor-starter',
      version: '1.6.0',
      size: 10,
      filename: 'starter-1.6.0.zip',
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    })
  })

  it('takes its options wherever they stand', async () => {
    const { archive, terms } = await vendor()
    const { exitCode, stdout } = await runHere([
      ...terms,
      '--json',
      'release',
      '--requires',
      '>=1.0.0',
      'sign',
      archive,
    ])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      0,
      { outcome: 'signed', keyId: 'vendor', release: { requires: { product: '>=1.0.0' } } },
    ])
  })

  it('writes a file of its own, tells people what it says, and overwrites nothing', async () => {
    const { directory, archive, terms } = await vendor()
    const out = join(directory, 'starter-1.6.0.release.json')
    const words = ['release', 'sign', archive, ...terms, '--slug', 'gift-cards', '--expires-in', '90d', '--out', out]
    const { exitCode, stdout } = await runHere(words)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('gift-cards')
    expect(stdout).toContain('(in 90 days)')
    const written = readFileSync(out, 'utf8')
    expect(JSON.parse(written)).toMatchObject({ slug: 'gift-cards', version: '1.6.0' })
    const again = await runHere([...words, '--json'])
    expect([again.exitCode, JSON.parse(again.stdout).code]).toEqual([2, 'file-exists'])
    expect(readFileSync(out, 'utf8')).toBe(written)
  })

  it('reads what has changed from a file', async () => {
    const { directory, archive, terms } = await vendor()
    const changelog = join(directory, 'CHANGES.md')
    writeFileSync(changelog, '# Better\n')
    const { stdout } = await runHere(['release', 'sign', archive, ...terms, '--changelog', changelog, '--mandatory'])
    expect(JSON.parse(stdout)).toMatchObject({ changelog: '# Better\n', mandatory: true })
  })

  it.each<[string, readonly string[]]>([
    ['missing-argument', ['release', 'sign']],
    ['missing-option', ['release', 'sign', 'x.zip']],
    ['unknown-command', ['release', 'burn', 'x.zip']],
    ['missing-command', ['release']],
    ['excess-arguments', ['release', 'sign', 'x.zip', 'y.zip']],
  ])('is wrong usage without what it needs: %s', async (code, words) => {
    const { exitCode, stdout } = await runHere([...words, '--json'])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, code])
  })

  it.each<[string, readonly string[], RegExp]>([
    ['invalid-version', ['--version', '1.6'], /"1\.6"/],
    ['invalid-channel', ['--channel', 'nightly'], /stable and beta/],
    ['invalid-requirement', ['--requires', 'newer'], />=1\.4\.0/],
    ['invalid-validity', ['--expires-in', '3 weeks'], /90d or 12h/],
    ['invalid-validity', ['--expires-in', '0d'], /later than now/],
    ['invalid-product-slug', ['--product', 'Flavor Starter'], /lower-case/],
    ['invalid-component-slug', ['--slug', 'Gift cards'], /lower-case/],
    ['invalid-hub-url', ['--hub', 'hub.example'], /https:\/\//],
    ['invalid-changelog', ['--changelog-url', 'docs'], /https:/],
    ['unreadable-file', ['--changelog', '/nowhere/CHANGES.md'], /no such file/],
    ['key-file-unreadable', ['--key-file', '/nowhere/key.json'], /key\.json/],
  ])('is wrong usage with %s', async (code, words, sentence) => {
    const { archive, terms } = await vendor()
    const line = ['release', 'sign', archive, ...terms, ...words]
    const people = await runHere(line)
    expect([people.exitCode, people.stdout]).toEqual([2, ''])
    expect(people.stderr).toMatch(/^flavor-license: [A-Z][^\n]*[.…]\n$/)
    expect(people.stderr).toMatch(sentence)
    const program = await runHere([...line, '--json'])
    expect([program.exitCode, JSON.parse(program.stdout).code]).toEqual([2, code])
  })

  it('is wrong usage with a file that is not there', async () => {
    const { terms } = await vendor()
    const { exitCode, stdout } = await runHere(['release', 'sign', '/nowhere/x.zip', ...terms, '--json'])
    expect([exitCode, JSON.parse(stdout).code]).toEqual([2, 'release-file-unreadable'])
  })

  it('leaves --version of every other command what it was', async () => {
    const answers = await Promise.all(['verify', 'emulator', 'release'].map((word) => runHere([word, '--version'])))
    expect(answers).toEqual(Array(3).fill({ exitCode: 0, stdout: (await runHere(['--version'])).stdout, stderr: '' }))
  })

  it.each(['as it is printed', 'in its report'])(
    'makes what the local hub publishes, %s',
    { timeout: 30_000 },
    async (form) => {
      const port = String(await freePort())
      const { directory, archive, terms, keyFile, publicKey } = await vendor(`http://127.0.0.1:${port}/api/v1`)
      const { stdout } = await runHere([
        'release',
        'sign',
        archive,
        ...terms,
        ...(form === 'in its report' ? ['--json'] : []),
      ])
      writeFileSync(join(directory, 'starter-1.6.0.release.json'), stdout)
      const running = await startHub(['--releases', directory, '--key-file', keyFile, '--port', port])
      expect(running.keys).toEqual({ vendor: publicKey })
      const body = { license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP', product_slug: 'flavor-starter', domain: 'mysite.com' }
      const ask = async (path: string, fields = {}) => {
        const response = await fetch(`${running.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...body, ...fields }),
        })
        return JSON.parse(await response.text())
      }
      await ask('/license/activate')
      const { release } = await ask('/update/check', { current_version: '1.4.2' })
      const signed = JSON.parse(stdout)
      expect(release.token).toBe((signed.release ?? signed).token)
      await running.stop()
    },
  )
})
