import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type RunningHub, runBuilt, startHub } from './built-command-line.js'
import { runHere } from './fake-terminal.js'
import { openShop, temporaryDirectory } from './shop.js'

const seconds = { timeout: 30_000 }

async function activate({ url }: RunningHub, domain = 'mysite.com') {
  const response = await fetch(`${url}/license/activate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP', product_slug: 'flavor-starter', domain }),
  })
  const text = await response.text()
  return { status: response.status, text }
}

describe('flavor-license emulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line when it is ready, and stops cleanly on %s',
    seconds,
    async (signal) => {
      const hub = await startHub()
      expect(hub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/)
      expect(Object.keys(hub.keys)).toEqual(['emulator-test-2', 'emulator-test-1'])
      expect(Object.values(hub.keys)).toEqual([
        expect.stringMatching(/^[\w-]{43}$/),
        expect.stringMatching(/^[\w-]{43}$/),
      ])
      expect((await activate(hub)).status).toBe(200)
      expect(await hub.stop(signal)).toBe(0)
      const { url, keys, pid, accounts } = hub
      expect(hub.lines).toEqual([JSON.stringify({ url, keys, pid, accounts })])
      await expect(activate(hub)).rejects.toThrow()
    },
  )

  it.each([[], ['--json']])('prints an account of each type, and each can log in %s', seconds, async (...flags) => {
    const hub = await startHub(flags)
    expect(hub.accounts.map(({ type }) => type)).toEqual(['customer', 'developer', 'reseller', 'agency'])
    for (const { type, email, password } of hub.accounts) {
      const response = await fetch(`${hub.url}/portal/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      expect(await response.json()).toMatchObject({ user: { type, email } })
    }
    await hub.stop()
  })

  it('leaves a state file as it is where the port is taken', seconds, async () => {
    const state = join(temporaryDirectory(), 'hub.json')
    const first = await startHub(['--state', state])
    const kept = readFileSync(state)
    const { ino } = statSync(state)
    const second = await runBuilt(['emulator', '--state', state, '--port', new URL(first.url).port])
    expect([second.exitCode, readFileSync(state).equals(kept), statSync(state).ino]).toEqual([1, true, ino])
    await first.stop()
  })

  it('keeps its keys and licenses in a state file', seconds, async () => {
    const state = join(temporaryDirectory(), 'hub.json')
    const first = await startHub(['--state', state])
    expect((await activate(first)).status).toBe(200)
    await first.stop()
    expect(existsSync(state)).toBe(true)
    const second = await startHub(['--state', state, '--port', new URL(first.url).port])
    expect([second.url, second.keys]).toEqual([first.url, first.keys])
    expect((await activate(second, 'another-site.com')).status).toBe(403)
    await second.stop()
  })

  it('logs each request with --verbose, and the license key masked', seconds, async () => {
    const hub = await startHub(['--verbose'])
    await activate(hub)
    await fetch(`${hub.url}/nothing`)
    await hub.stop()
    expect(hub.complaints).toEqual([
      expect.stringMatching(/^\S+Z 127\.0\.0\.1 POST \/api\/v1\/license\/activate 200 FLVR-\*{4}-\*{4}-\*{4}-MNOP$/),
      expect.stringMatching(/^\S+Z 127\.0\.0\.1 GET \/api\/v1\/nothing 404 -$/),
    ])
  })

  it('signs nothing with --no-sign', seconds, async () => {
    const hub = await startHub(['--no-sign'])
    expect(hub.keys).toEqual({})
    expect(JSON.parse((await activate(hub)).text).token).toBeNull()
    await hub.stop()
  })

  it('counts requests by the strategy and in the window that it is given', seconds, async () => {
    const limited = await startHub(['--strategy', 'fixed-window', '--window', '3600'])
    for (let count = 0; count < 10; count += 1) expect((await activate(limited)).status).toBe(200)
    const over = await activate(limited)
    expect(over).toEqual({ status: 429, text: expect.stringContaining('Rate limit exceeded: 10 per 60') })
    await limited.stop()
    const open = await startHub(['--strategy', 'off'])
    for (let count = 0; count < 12; count += 1) expect((await activate(open)).status).toBe(200)
    await open.stop()
  })

  it('offers the archives of a folder, and lets go wrong what it is told to', seconds, async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'starter.zip'), 'an archive')
    const manifest = { product: 'flavor-starter', version: '9.0.0', filename: 'starter.zip' }
    writeFileSync(join(directory, 'starter.release.json'), JSON.stringify(manifest))
    const hub = await startHub([
      ...['--releases', directory, '--downloads', 'redirect'],
      ...['--fault', 'short-body@files,times=1', '--fault', 'release-field@updateCheck,field=size'],
    ])
    await activate(hub)
    const body = { license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP', product_slug: 'flavor-starter', domain: 'mysite.com' }
    const ask = (path: string, fields: object) =>
      fetch(`${hub.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, ...fields }),
        redirect: 'manual',
      })
    const { release } = (await (await ask('/update/check', { current_version: '1.4.2' })).json()) as { release: object }
    expect(release).toMatchObject({ version: '9.0.0', filename: 'starter.zip' })
    expect(release).not.toHaveProperty('size')
    const location = (await ask('/update/download', { version: '9.0.0' })).headers.get('location') ?? ''
    expect(await (await fetch(location)).text()).toBe('an archiv')
    expect(await (await fetch(location)).text()).toBe('an archive')
    await hub.stop()
  })

  it('starts from a seed file', seconds, async () => {
    const file = join(temporaryDirectory(), 'seed.json')
    const seed = JSON.parse(readFileSync(new URL('../../fixtures/hub/default.json', import.meta.url), 'utf8'))
    writeFileSync(file, JSON.stringify({ ...seed, licenses: [] }))
    const hub = await startHub(['--seed', file])
    expect((await activate(hub)).status).toBe(404)
    await hub.stop()
  })
})

describe('bad input of the emulator', () => {
  const directory = () => temporaryDirectory()
  const written = (text: string) => {
    const file = join(directory(), 'file.json')
    writeFileSync(file, text)
    return file
  }
  it.each<[string, () => string[], RegExp]>([
    ['invalid-port', () => ['--port', '65536'], /"65536"/],
    ['invalid-port', () => ['--port', '80a'], /"80a"/],
    ['invalid-port', () => ['--port', '-1'], /"-1"/],
    ['invalid-window', () => ['--window', '0'], /"0"/],
    ['invalid-window', () => ['--window', 'long'], /"long"/],
    ['invalid-strategy', () => ['--strategy', 'none'], /fixed-window, moving-window, sliding-window-counter/],
    ['invalid-seed', () => ['--seed', join(directory(), 'absent.json')], /no such file/],
    ['invalid-seed', () => ['--seed', directory()], /is a directory/],
    ['invalid-seed', () => ['--seed', written('{')], /is not JSON/],
    ['invalid-seed', () => ['--seed', written('{"signing_keys":[]}')], /signing_keys|products/],
    ['invalid-state', () => ['--state', written('{}')], /state file/],
    ['invalid-state', () => ['--state', join(directory(), 'absent', 'hub.json')], /no such file/],
    ['invalid-fault', () => ['--fault', 'mischief'], /There is no fault "mischief"/],
    ['invalid-downloads', () => ['--downloads', 'torrent'], /not "torrent"/],
    ['releases-unreadable', () => ['--releases', join(directory(), 'absent')], /absent cannot be read/],
    ['excess-arguments', () => ['8080'], /arguments/i],
  ])('is %s, exit code 2 and one sentence: %s', async (code, words, sentence) => {
    const line = ['emulator', '--port', '0', ...words()]
    const people = await runHere(line)
    expect([people.exitCode, people.stdout]).toEqual([2, ''])
    expect(people.stderr).toMatch(/^flavor-license: [A-Z][^\n]*\.\n$/)
    expect(people.stderr).toMatch(sentence)
    const program = await runHere([...line, '--json'])
    expect([program.exitCode, JSON.parse(program.stdout).code]).toEqual([2, code])
  })

  it('is exit code 1 for a port that is in use', seconds, async () => {
    const { hub } = await openShop()
    const { exitCode, stdout, stderr } = await runBuilt(['emulator', '--port', String(hub.port)])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      `flavor-license: The port ${hub.port} is in use. Stop the program that uses it, or choose another port.\n`,
    )
  })

  it('is exit code 1 for an address that this machine does not have', async () => {
    const { exitCode, stdout, stderr } = await runHere(['emulator', '--host', '192.0.2.1'])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain('this machine has no such address')
  })
})
