import { createHash } from 'node:crypto'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Fault,
  type Listening,
  releaseTokenProblems,
} from '../../../src/emulator/index.js'
import { createLicenseClient, type DownloadOutcome, type LicenseClient, type Release } from '../../../src/index.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

interface Hub {
  readonly emulator: Emulator
  readonly url: string
}

/** An emulator on a real socket, for as many tests as want it. */
function hubFor(options: EmulatorOptions = {}): () => Hub {
  const emulator = createEmulator({ rateLimit: { strategy: 'off' }, ...options })
  let hub: Listening | undefined
  beforeAll(async () => {
    hub = await emulator.listen()
  })
  afterEach(() => emulator.faults.clear())
  afterAll(() => hub?.close())
  return () => ({ emulator, url: hub?.url ?? '' })
}

async function licensed({ emulator, url }: Hub): Promise<LicenseClient> {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-'))
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    directory,
    // The tests make more downloads than a hub allows; what is asked too often is not what they are about.
    hub: { url, trustedKeys: emulator.keys, limits: { download: { limit: 10_000 }, update: { limit: 10_000 } } },
  })
  await client.activate(key)
  return {
    ...client,
    close: async () => {
      await client.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function offered(client: LicenseClient): Promise<Release> {
  const outcome = await client.checkUpdates()
  if (outcome.outcome !== 'available' || !outcome.release) throw new Error('The hub offers nothing.')
  return outcome.release
}

interface Scene {
  readonly emulator: Emulator
  readonly release: Release
  readonly directory: string
  /** Everything in the directory of this test's downloads. */
  files(): readonly string[]
  download(changes?: { readonly release?: Release; readonly deadlineMs?: number }): Promise<DownloadOutcome>
}

/** A licensed product to which version 1.5.0 is offered, and a new directory for each test. */
function sceneFor(options: EmulatorOptions = {}): () => Scene {
  const hub = hubFor(options)
  let client: LicenseClient
  let release: Release
  beforeAll(async () => {
    client = await licensed(hub())
    release = await offered(client)
  })
  afterAll(() => client.close())
  return () => {
    const directory = temporaryDirectory()
    return {
      emulator: hub().emulator,
      release,
      directory,
      files: () => readdirSync(directory),
      download: async ({ release: wanted = release, deadlineMs = 20_000 } = {}) => {
        const outcome = await client.downloadUpdate(wanted, { directory, deadlineMs })
        if (outcome.outcome === 'downloaded') {
          expect(createHash('sha256').update(readFileSync(outcome.path)).digest('hex')).toBe(release.sha256)
          expect(outcome.path).toBe(join(directory, release.filename))
        }
        return outcome
      },
    }
  }
}

const wrongFiles: readonly Fault[] = [
  { kind: 'short-body' },
  { kind: 'long-body' },
  { kind: 'changed-byte' },
  { kind: 'changed-byte', at: 0 },
  { kind: 'replaced-file' },
  { kind: 'other-file', product: 'flavor-starter', version: '1.4.2' },
  { kind: 'other-file', product: 'flavor-starter', component: 'card-payments', version: '2.1.0' },
  { kind: 'endless-file' },
  { kind: 'content-length', bytes: 1 },
  { kind: 'content-length', bytes: 999_999_999 },
  { kind: 'content-range', contentRange: 'bytes 0-0/1' },
  { kind: 'html' },
  { kind: 'empty-body' },
  { kind: 'endless-body' },
  { kind: 'gzip-bomb', bytes: 100_000_000 },
  { kind: 'huge-header' },
  { kind: 'truncated-body' },
  { kind: 'truncated-body', ending: 'clean' },
  { kind: 'redirect-loop' },
  { kind: 'redirect-loop', status: 302 },
]

describe.each(['updateDownload', 'files'] as const)('a file that goes wrong at %s', (route) => {
  const scene = sceneFor({ downloads: { delivery: route === 'files' ? 'redirect' : 'body' } })

  it.each(wrongFiles)('by %o is never handed out, and leaves no file under its name', async (fault) => {
    const { emulator, release, files, download } = scene()
    emulator.faults.inject({ ...fault, route })
    expect((await download()).outcome).not.toBe('downloaded')
    expect(files()).not.toContain(release.filename)
    emulator.faults.clear()
    expect(await download()).toMatchObject({ outcome: 'downloaded' })
    expect(files()).toEqual([release.filename])
  })

  it.each<Fault>([
    { kind: 'silence' },
    { kind: 'stalled-body' },
    { kind: 'stalled-body', bytes: 0 },
    { kind: 'slow-body', everyMs: 1 },
  ])('by %o ends at the deadline', async (fault) => {
    const { emulator, release, files, download } = scene()
    emulator.faults.inject({ ...fault, route })
    expect(await download({ deadlineMs: 300 })).toMatchObject({ outcome: 'deferred', reason: 'timeout' })
    expect(files()).not.toContain(release.filename)
  })
})

describe('a file that changes between two parts', () => {
  const scene = sceneFor()

  it.each<[string, readonly Fault[]]>([
    ['and is replaced for good', [{ kind: 'replaced-file', after: 1 }]],
    ['where If-Range is not heeded', [{ kind: 'replaced-file', after: 1 }, { kind: 'ignored-if-range' }]],
    ['under one entity tag', [{ kind: 'changed-byte', after: 1 }]],
  ])('%s is never handed out', async (_, faults) => {
    const { emulator, release, files, download } = scene()
    for (const fault of faults) emulator.faults.inject({ ...fault, route: 'updateDownload' })
    emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    expect((await download()).outcome).not.toBe('downloaded')
    expect(files()).not.toContain(release.filename)
  })
})

describe('what an earlier attempt seems to have left', () => {
  const scene = sceneFor()
  const named = ({ sha256 }: Release) => `.flavor-license-${sha256.slice(0, 16)}-0123456789abcdef`
  const validator = ({ sha256 }: Release) => Buffer.from(`"${sha256}"`).toString('base64url')

  it.each<[string, (release: Release) => readonly [string, number]]>([
    ['of the right size and the wrong bytes', (release) => [`${named(release)}.part`, release.size]],
    [
      'of the right size, under its entity tag',
      (release) => [`${named(release)}.${validator(release)}.part`, release.size],
    ],
    ['of wrong bytes to go on from', (release) => [`${named(release)}.${validator(release)}.part`, 1000]],
    ['longer than the file', (release) => [`${named(release)}.part`, release.size + 1]],
    ['without a byte', (release) => [`${named(release)}.${validator(release)}.part`, 0]],
    ['of no server', (release) => [`${named(release)}.AAAA.part`, 1000]],
  ])('%s costs one download, and nobody is accused', async (_, plant) => {
    const { release, directory, files, download } = scene()
    const [name, size] = plant(release)
    writeFileSync(join(directory, name), Buffer.alloc(size))
    expect(await download()).toMatchObject({ outcome: 'downloaded' })
    expect(files()).toEqual([release.filename])
  })

  it('as a link leads nowhere', async () => {
    const { release, directory, download } = scene()
    const precious = join(temporaryDirectory(), 'precious')
    writeFileSync(precious, 'precious')
    symlinkSync(precious, join(directory, `${named(release)}.${validator(release)}.part`))
    expect(await download()).toMatchObject({ outcome: 'downloaded' })
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    expect(lstatSync(join(directory, release.filename)).isFile()).toBe(true)
  })
})

describe('the license key', () => {
  const scene = sceneFor()
  const redirected = sceneFor({ downloads: { delivery: 'redirect', host: 'localhost' } })

  it('reaches no host of files, however it is led there', async () => {
    const { emulator, download } = redirected()
    emulator.faults.inject({ route: 'files', kind: 'truncated-body', bytes: 100_000, times: 1 })
    // Where nothing had arrived before the connection broke, the first call gives up.
    await download()
    expect(await download()).toMatchObject({ outcome: 'downloaded' })
    expect(emulator.fileRequests.length).toBeGreaterThan(1)
    for (const { method, url, headers, body } of emulator.fileRequests) {
      expect([method, body]).toEqual(['GET', ''])
      expect(JSON.stringify([url, headers])).not.toMatch(/FLVR|mysite/i)
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization', 'cookie', 'referer']))
    }
  })

  it.each([301, 302, 303, 307, 308])('is not sent on by %i to another port', async (status) => {
    const { emulator, download } = scene()
    const thief = createEmulator()
    const den = await thief.listen()
    onTestFinished(() => den.close())
    const taken: string[] = []
    thief.faults.inject({
      kind: 'respond',
      respond: async (request, answer) => {
        taken.push(await request.text(), JSON.stringify([...request.headers]), request.url)
        return answer()
      },
    })
    emulator.faults.inject({
      route: 'updateDownload',
      kind: 'redirect',
      status,
      location: `${den.url}/update/download`,
    })
    expect((await download()).outcome).not.toBe('downloaded')
    expect(taken.join()).not.toContain('FLVR')
  })

  it.each([
    'https://10.0.0.1/x.zip',
    'http://example.com/x.zip',
    'https://user:password@127.0.0.1/x.zip',
    'file:///etc/passwd',
    'data:application/zip,x',
    'ftp://127.0.0.1/x.zip',
    '//',
    '',
    'http://[',
  ])('and the machine behind it are not led to %j', async (location) => {
    const { emulator, download } = scene()
    emulator.faults.inject({ route: 'updateDownload', kind: 'redirect', status: 302, location })
    expect((await download()).outcome).not.toBe('downloaded')
  })
})

describe('a release', () => {
  const hub = hubFor()
  const scene = sceneFor()

  const asked = async (fault: Fault): Promise<string> => {
    const client = await licensed(hub())
    onTestFinished(() => client.close())
    hub().emulator.faults.inject({ ...fault, route: 'updateCheck' })
    return (await client.checkUpdates()).outcome
  }

  it.each(releaseTokenProblems.filter((problem) => problem !== 'issued-earlier'))(
    'whose token is wrong by %s is not offered',
    async (problem) => {
      expect(await asked({ kind: 'release-token', problem })).not.toBe('available')
    },
  )

  it.each<Fault>([
    { kind: 'release-field', field: 'size' },
    { kind: 'release-field', field: 'size', value: -1 },
    { kind: 'release-field', field: 'size', value: 2 ** 53 },
    { kind: 'release-field', field: 'size', value: '12' },
    { kind: 'release-field', field: 'size', value: 1, signed: false },
    { kind: 'release-field', field: 'sha256', value: '0'.repeat(64), signed: false },
    { kind: 'release-field', field: 'slug', value: 'card-payments' },
    { kind: 'release-field', field: 'version', value: '1.4.2' },
    { kind: 'release-field', field: 'version', value: '1.4.2+newer' },
    { kind: 'release-field', field: 'version', value: '1.4.2-rc.1' },
    { kind: 'release-field', field: 'version', value: '1.0.0' },
    { kind: 'release-field', field: 'version', value: '1.10' },
    { kind: 'duplicate-field', field: 'size', value: 1 },
    { kind: 'duplicate-field', field: 'sha256', value: '0'.repeat(64) },
  ])('%o is not offered', async (fault) => {
    expect(await asked(fault)).not.toBe('available')
  })

  it.each([
    '../x.zip',
    '..',
    'a/b.zip',
    'C:x.zip',
    'con.zip',
    '.bashrc',
    '-rf.zip',
    'x\0.zip',
    'x.zip ',
    '/etc/cron.d/x',
  ])('whose file is called %j is written nowhere', async (filename) => {
    const { release, files, emulator, download } = scene()
    emulator.clearArrivals()
    const outcome = await download({ release: { ...release, filename } })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'unsafe-filename' })
    expect(files()).toEqual([])
    expect(emulator.arrivals.map(({ route }) => route)).not.toContain('updateDownload')
  })

  it.each<[string, Partial<Release>]>([
    ['another size', { size: 1 }],
    ['another digest', { sha256: '0'.repeat(64) }],
    ['another version', { version: '9.9.9' }],
    ['another slug', { slug: 'card-payments' }],
    ['no token', { token: null }],
  ])('that was edited to %s is not downloaded', async (_, changes) => {
    const { release, emulator, download } = scene()
    emulator.clearArrivals()
    const outcome = await download({ release: { ...release, ...changes } })
    expect(outcome.outcome).toBe('refused')
    expect(emulator.arrivals.map(({ route }) => route)).not.toContain('updateDownload')
  })
})
