import { createHash } from 'node:crypto'
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import type { Release } from '../../src/domain/update/release.js'
import type { Lock } from '../../src/ports/lock.js'
import { dayMs, startOfTime } from '../support/manual-clock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { downloadScene } from './download-scene.js'
import { key } from './emulated-hub.js'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('a download', () => {
  it('brings the file that the release names, and leaves nothing else', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const path = join(scene.directory, release.filename)
    expect(await scene.download(release)).toEqual({ outcome: 'downloaded', release, path })
    expect(scene.files()).toEqual([release.filename])
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
  })

  it('makes the directory', async () => {
    const scene = await downloadScene()
    const directory = join(scene.directory, 'new', 'and', 'deep')
    expect(await scene.download(await scene.offered(), { directory })).toMatchObject({ outcome: 'downloaded' })
  })

  it('tells how far it is', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const total = release.size
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: async (_request, answer) => ticking(await answer(), () => scene.clock.advance(200)),
    })
    await scene.download(release)
    const [started, ...others] = scene.progress
    expect(started).toEqual({ stage: 'started', bytes: 0, total })
    expect(others.pop()).toEqual({ stage: 'verified', bytes: total, total })
    expect(others.length).toBeGreaterThan(2)
    const rates = others.map((step) => (step.stage === 'progress' ? [step.bytesPerSecond, step.remainingMs] : []))
    expect(rates.flat().every((rate) => typeof rate === 'number' && rate >= 0)).toBe(true)
    const bytes = others.map((step) => step.bytes)
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b))
  })

  it('is not broken by whoever listens', async () => {
    const scene = await downloadScene()
    const onProgress = () => {
      throw new Error('A bar that cannot be drawn.')
    }
    expect(await scene.download(await scene.offered(), { onProgress })).toMatchObject({ outcome: 'downloaded' })
  })

  it('has the name that the release says, whatever the server would call it', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: async (_request, answer) => {
        const { status, headers, body } = await answer()
        const disposition = `attachment; filename="../../evil.zip"; filename*=UTF-8''..%2F..%2Fevil.zip`
        return new Response(body, {
          status,
          headers: { ...Object.fromEntries(headers), 'content-disposition': disposition },
        })
      },
    })
    expect(await scene.download(release)).toMatchObject({ path: join(scene.directory, release.filename) })
    expect(scene.files()).toEqual([release.filename])
  })

  it('asks nothing for a file that is there', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    await scene.download(release)

    const asked = scene.hub.asked()
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.hub.asked()).toBe(asked)
  })

  it('takes what dead attempts have left with it, also when the file is there already', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    await scene.download(release)
    // As a crash leaves it between the file's name and the end of the hidden one.
    const left = `.flavor-license-${release.sha256.slice(0, 16)}-0123456789abcdef.part`
    linkSync(join(scene.directory, release.filename), join(scene.directory, left))
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.files()).toEqual([release.filename])
  })

  it.each<[string, (path: string, release: Release) => void]>([
    ['a file of another size', (path) => writeFileSync(path, 'precious')],
    ['a file of the same size', (path, { size }) => writeFileSync(path, Buffer.alloc(size))],
    ['a directory', (path) => mkdirSync(path)],
    ['a link', (path) => symlinkSync('elsewhere', path)],
  ])('leaves alone what has its name and is another one, such as %s, and asks nothing', async (_what, plant) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const path = join(scene.directory, release.filename)
    plant(path, release)
    const before = lstatSync(path)
    const asked = scene.hub.asked()
    expect(await scene.download(release)).toEqual({
      outcome: 'failed',
      reason: 'place-taken',
      message: expect.stringContaining(path),
    })
    expect(scene.hub.asked()).toBe(asked)
    expect(lstatSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs, size: before.size })
    expect(scene.files()).toEqual([release.filename])
  })

  it('leaves alone what gets its name while it arrives, and costs nothing again once that is gone', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const path = join(scene.directory, release.filename)
    const onProgress = () => writeFileSync(path, 'precious')
    expect(await scene.download(release, { onProgress })).toMatchObject({ outcome: 'failed', reason: 'place-taken' })
    expect(readFileSync(path, 'utf8')).toBe('precious')

    rmSync(path)
    const asked = scene.hub.asked()
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.hub.asked()).toBe(asked)
    expect(scene.files()).toEqual([release.filename])
  })

  it('is made once, however many calls want it', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => scene.download(release)))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['downloaded']))
    expect(scene.fileRequests()).toBe(1)
    expect(scene.progress.filter(({ stage }) => stage === 'verified')).toHaveLength(8)
  })

  it('is made once, however many clients of a machine want it', async () => {
    const locks = temporaryDirectory()
    const lock = directoryLock(async () => locks)
    const scene = await downloadScene({ ports: { lock } })
    const release = await scene.offered()
    const other = scene.hub.client({}, { lock })
    await other.activate(key)
    const { directory } = scene
    const both = [scene.download(release), other.downloadUpdate(release, { directory })]
    for (const outcome of await Promise.all(both)) expect(outcome).toMatchObject({ outcome: 'downloaded' })
    expect(scene.fileRequests()).toBe(1)
    expect(scene.files()).toEqual([release.filename])
  })

  it('waits while another process has the lock, and fetches nothing meanwhile', async () => {
    let turns = 0
    let askedWhileWaiting = 0
    const lock: Lock = {
      async hold(name, _patienceMs, operation) {
        if (!name.startsWith('download-')) return operation('held')
        turns += 1
        const result = await operation(turns <= 2 ? 'contended' : 'held')
        if (turns <= 2) askedWhileWaiting = scene.fileRequests()
        return result
      },
    }
    const scene = await downloadScene({ ports: { lock } })
    expect(await scene.download(await scene.offered())).toMatchObject({ outcome: 'downloaded' })
    expect([turns, askedWhileWaiting]).toEqual([3, 0])
  })

  it('is whole for everybody, also where no lock works', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const others = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const client = scene.hub.client()
        await client.activate(key)
        return client
      }),
    )
    const { directory } = scene
    const all = [scene.client, ...others].map((client) => client.downloadUpdate(release, { directory }))
    for (const outcome of await Promise.all(all)) expect(outcome).toMatchObject({ outcome: 'downloaded' })
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
    expect(scene.files()).toEqual([release.filename])
  })

  it('works as well where the hub signs nothing and no key is pinned', async () => {
    const scene = await downloadScene({ hub: { signing: false } })
    const release = await scene.offered()
    expect(release.token).toBeNull()
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
  })
})

describe('a download that breaks off', () => {
  it('goes on in the same call, and costs the missing bytes alone', async () => {
    const scene = await downloadScene({ hub: { rateLimit: { strategy: 'off' } } })
    const release = await scene.offered()
    const ranges: (string | null)[] = []
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: (request, answer) => {
        ranges.push(request.headers.get('range'))
        return answer()
      },
    })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 2 })
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(ranges).toEqual([null, 'bytes=100000-', 'bytes=200000-'])
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
  })

  it('goes on in the next call', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'drop', after: 1, times: 1 })
    expect(await scene.download(release)).toMatchObject({ outcome: 'deferred', reason: expect.any(String) })
    expect(scene.files()).toEqual([expect.stringMatching(/^\.flavor-license-.*\.part$/)])

    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.progress).toContainEqual({ stage: 'started', bytes: 100_000, total: release.size })
    expect(scene.files()).toEqual([release.filename])
  })

  it('goes on after the caller has given up', async () => {
    // What was given up still writes down what it has; the lock makes the next one wait for that.
    const locks = temporaryDirectory()
    const scene = await downloadScene({ ports: { lock: directoryLock(async () => locks) } })
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'stalled-body', bytes: 100_000, times: 1 })
    const controller = new AbortController()
    const onProgress = () => setTimeout(() => controller.abort(), 50)
    const given = scene.download(release, { signal: controller.signal, onProgress })
    await expect(given).rejects.toMatchObject({ code: 'aborted' })

    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.progress[0]).toEqual({ stage: 'started', bytes: 100_000, total: release.size })
  })

  it('begins again where the file has changed meanwhile', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    // The first bytes are of another file, which is gone by the time of the second request.
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'replaced-file', times: 1 })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
  })

  it.each([
    ['bytes 0-9/10', 'begins elsewhere'],
    ['bytes 100000-100009/*', 'is a part of the rest'],
    ['octets', 'has no range'],
  ])('begins again where the answer to a range, %s, %s each time', async (contentRange) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: async (request, answer) => {
        if (request.headers.get('range') === null) return answer()
        return new Response(new Uint8Array(10), { status: 206, headers: { 'content-range': contentRange } })
      },
    })
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
  })

  it('begins again where the server has nothing behind what is there', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'status', status: 416, after: 1, times: 1 })
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(scene.fileRequests()).toBe(3)
  })

  it('is not resumed by a weak entity tag, which two files may share', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const ranges: (string | null)[] = []
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: async (request, answer) => {
        ranges.push(request.headers.get('range'))
        const { status, headers, body } = await answer()
        return new Response(body, { status, headers: { ...Object.fromEntries(headers), etag: 'W/"1"' } })
      },
    })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    await scene.download(release)
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(ranges).toEqual([null, null])
  })

  it.each(['ignored-range', 'ignored-if-range'] as const)('gets there with a server of the kind %s', async (kind) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind })
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'truncated-body', bytes: 100_000, times: 1 })
    expect(await scene.download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(sha256(scene.content(release.filename))).toBe(release.sha256)
  })
})

describe('a download that is given up', () => {
  it.each([
    ['nothing arrives', { kind: 'silence' as const }, 30_000],
    ['nothing more arrives', { kind: 'stalled-body' as const, bytes: 10_000 }, 30_000],
  ])('ends when %s', async (_what, fault, afterMs) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', ...fault })
    const outcome = scene.download(release)
    await underWay(scene)
    scene.clock.advance(afterMs)
    expect(await outcome).toMatchObject({ outcome: 'deferred', reason: 'timeout' })
  })

  it('ends at its deadline', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({ route: 'updateDownload', kind: 'stalled-body', bytes: 100_000 })
    const outcome = scene.download(release, { deadlineMs: 5_000 })
    await underWay(scene)
    scene.clock.advance(5_000)
    expect(await outcome).toMatchObject({ outcome: 'deferred', reason: 'timeout' })
  })

  it('keeps to the budget of the hub', async () => {
    const scene = await downloadScene({ hub: { rateLimit: { strategy: 'fixed-window' } } })
    const release = await scene.offered()
    for (let turn = 0; turn < 5; turn += 1) {
      const directory = join(scene.directory, String(turn))
      expect(await scene.download(release, { directory })).toMatchObject({ outcome: 'downloaded' })
    }
    const late = await scene.download(release, { deadlineMs: 10_000 })
    expect(late).toMatchObject({ outcome: 'deferred', reason: 'over-budget' })
    expect(scene.fileRequests()).toBe(5)
  })
})

describe('a download that is refused', () => {
  it.each([
    ['expired', { expiresAt: startOfTime - 1 }],
    ['revoked', { status: 'revoked' }],
  ] as const)('by the hub of a license that is %s, tells so', async (reason, change) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.setLicense(key, change)
    expect(await scene.download(release)).toMatchObject({ outcome: 'refused', reason, message: expect.any(String) })
    expect(scene.files()).toEqual([])
  })

  it('asks nothing without a license', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    await scene.client.deactivate()
    const asked = scene.hub.asked()
    expect(await scene.download(release)).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
    expect(scene.hub.asked()).toBe(asked)
  })

  it('brings nothing that is not newer, unless that is asked for', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const updated = scene.hub.client({ product: { slug: 'flavor-starter', version: '1.5.0' } })
    await updated.activate(key)
    const { directory } = scene
    const outcome = await updated.downloadUpdate(release, { directory })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'not-newer' })
    expect(scene.fileRequests()).toBe(0)
    const again = await updated.downloadUpdate(release, { directory, allowOlder: true })
    expect(again).toMatchObject({ outcome: 'downloaded' })
  })

  it('hands out nothing whose proof ends while it arrives', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    scene.emulator.faults.inject({
      route: 'updateDownload',
      kind: 'respond',
      respond: async (_request, answer) => {
        const response = await answer()
        scene.clock.setWallClock(scene.clock.now() + 8 * dayMs)
        return response
      },
    })
    expect(await scene.download(release)).toMatchObject({ outcome: 'refused', reason: 'proof-expired' })
    expect(scene.files()).not.toContain(release.filename)
    expect(await scene.download(release)).toMatchObject({ outcome: 'refused', reason: 'proof-expired' })
    expect(scene.fileRequests()).toBe(1)
  })

  it('is said to be so where the hub no longer has the release', async () => {
    const scene = await downloadScene({ hub: { signing: false } })
    const release = { ...(await scene.offered()), version: '1.5.1' }
    expect(await scene.download(release)).toMatchObject({ outcome: 'refused', reason: 'no-such-release' })
  })

  it('fails with what the disk says', async () => {
    const scene = await downloadScene()
    const release = await scene.offered()
    writeFileSync(join(scene.directory, 'file'), '')
    const outcome = await scene.download(release, { directory: join(scene.directory, 'file') })
    expect(outcome).toMatchObject({
      outcome: 'failed',
      reason: 'disk-failed',
      message: expect.stringMatching(/ENOTDIR|EEXIST/),
    })
  })

  it.each([
    ['a directory that is relative', { directory: 'downloads' }],
    ['no directory', { directory: undefined }],
    ['a deadline that is no time', { deadlineMs: -1 }],
  ])('is misuse with %s', async (_what, options) => {
    const scene = await downloadScene()
    const release = await scene.offered()
    const attempt = scene.download(release, options as object)
    await expect(attempt).rejects.toMatchObject({ code: 'invalid-option' })
  })

  it.each([null, 'release', {}, { slug: 'flavor-starter', version: '1.5.0' }])(
    'is misuse with a release such as %j',
    async (release) => {
      const scene = await downloadScene()
      const attempt = scene.client.downloadUpdate(release as never, { directory: scene.directory })
      await expect(attempt).rejects.toMatchObject({ code: 'invalid-option' })
    },
  )
})

/** Resolves once the request for the file has come in and its first bytes are under way. */
async function underWay(scene: Awaited<ReturnType<typeof downloadScene>>): Promise<void> {
  while (scene.fileRequests() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 50))
}

/** The same answer in pieces, before each of which time passes. */
async function ticking(response: Response, tick: () => void): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  let position = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      tick()
      controller.enqueue(bytes.slice(position, position + 32_768))
      position += 32_768
      if (position >= bytes.length) controller.close()
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

describe('the changelog of a release', () => {
  it('comes on demand', async () => {
    const scene = await downloadScene()
    const latest = {
      outcome: 'described',
      changelog: expect.stringContaining('Adds courier tracking'),
      release: { version: '1.5.0' },
    }
    expect(await scene.client.updateInfo()).toMatchObject(latest)
    expect(await scene.client.updateInfo({ version: '1.4.2' })).toMatchObject({ release: { version: '1.4.2' } })
    await scene.client.deactivate()
    expect(await scene.client.updateInfo()).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
  })
})
