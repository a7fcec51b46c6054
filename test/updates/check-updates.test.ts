import { describe, expect, it } from 'vitest'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { systemClock } from '../../src/adapters/system-clock.js'
import type { Emulator } from '../../src/emulator/index.js'
import type { ClientPorts } from '../support/client-ports.js'
import { dayMs, hourMs, manualClock, minuteMs } from '../support/manual-clock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { key, updateScene } from './update-scene.js'

const product = 'flavor-starter'

describe('an update check', () => {
  it('offers the product what is newer, and asks once', async () => {
    const scene = await updateScene()
    const outcome = await scene.check()
    expect(outcome).toMatchObject({
      outcome: 'available',
      currentVersion: '1.4.2',
      source: 'hub',
      release: { slug: product, version: '1.5.0', mandatory: false },
      components: [],
      withheld: [],
      componentsUndecided: null,
    })
    expect(scene.asked()).toEqual([1, 0])
    expect(scene.announced.map(({ version }) => version)).toEqual(['1.5.0'])
  })

  it('covers the installed components in one more request', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    await scene.install('parcel-courier', '1.9.0')
    await scene.install('bank-transfer', '1.0.0')
    expect(await scene.check()).toMatchObject({
      outcome: 'available',
      components: [
        { slug: 'card-payments', currentVersion: '2.0.0', release: { version: '2.1.0' } },
        { slug: 'parcel-courier', currentVersion: '1.9.0', release: { version: '1.10.0' } },
      ],
    })
    expect(scene.asked()).toEqual([1, 1])
    expect(scene.announced.map(({ slug }) => slug)).toEqual([product, 'card-payments', 'parcel-courier'])
  })

  it('has news of components where the product is the newest', async () => {
    const scene = await updateScene({ client: { product: { slug: product, version: '1.5.0' } } })
    await scene.install('card-payments', '2.0.0')
    expect(await scene.check()).toMatchObject({
      outcome: 'available',
      release: null,
      components: [{ slug: 'card-payments' }],
    })
  })

  it('says that all is current', async () => {
    const scene = await updateScene({ client: { product: { slug: product, version: '1.5.0' } } })
    await scene.install('card-payments', '2.1.0')
    expect(await scene.check()).toMatchObject({ outcome: 'current', currentVersion: '1.5.0', withheld: [] })
  })

  it('sees pre-releases on the channel that has them', async () => {
    const scene = await updateScene({ client: { channel: 'beta' } })
    expect(await scene.check()).toMatchObject({ release: { version: '1.6.0-beta.1', channel: 'beta' } })
  })

  it('passes on that a release should not be skipped', async () => {
    const scene = await updateScene()
    scene.emulator.addRelease({ product, version: '1.5.1', mandatory: true })
    expect(await scene.check()).toMatchObject({ release: { version: '1.5.1', mandatory: true } })
  })

  it('withholds what needs another version of the product, and says so', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    scene.emulator.addRelease({ product, version: '2.0.0', requiresProduct: '>=1.5.0' })
    scene.emulator.addRelease({ product, component: 'card-payments', version: '3.0.0', requiresProduct: '>=2.0.0' })
    expect(await scene.check()).toMatchObject({
      outcome: 'current',
      withheld: [
        { slug: product, reason: 'product-version' },
        { slug: 'card-payments', reason: 'product-version' },
      ],
    })
  })

  it('offers the product its update though the components could not be asked about', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    scene.emulator.faults.inject({ route: 'componentCheck', kind: 'status', status: 500, times: 1 })
    const first = await scene.check()
    expect(first).toMatchObject({ release: { version: '1.5.0' }, componentsUndecided: { reason: 'hub-failed' } })
    expect(await scene.check()).toMatchObject({ components: [{ slug: 'card-payments' }], componentsUndecided: null })
    expect(scene.asked()).toEqual([1, 2])
  })

  it('withholds a component alone whose proof is not valid', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    scene.emulator.faults.inject({ route: 'componentCheck', kind: 'release-token', problem: 'flipped-bit' })
    expect(await scene.check()).toMatchObject({
      outcome: 'available',
      release: { version: '1.5.0' },
      components: [],
      withheld: [{ slug: 'card-payments', reason: 'proof-invalid' }],
    })
  })
})

describe('the last answer of the hub', () => {
  it('is good for 12 hours, also after a restart', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    const first = await scene.check()
    scene.clock.advance(12 * hourMs - 1)
    expect(await scene.another().check()).toEqual({ ...first, source: 'record' })
    expect(scene.asked()).toEqual([1, 1])
    scene.clock.advance(1)
    expect(await scene.another().check()).toMatchObject({ source: 'hub' })
    expect(scene.asked()).toEqual([2, 2])
  })

  it('announces nothing anew', async () => {
    const scene = await updateScene()
    await scene.check()
    await scene.check()
    expect(scene.announced).toHaveLength(1)
  })

  it('does not keep anybody from asking', async () => {
    const scene = await updateScene()
    await scene.check()
    expect(await scene.check({ fresh: true })).toMatchObject({ source: 'hub' })
    expect(scene.asked()).toEqual([2, 0])
  })

  it.each([
    ['of another version', { product: { slug: product, version: '1.4.3' } }],
    ['on another channel', { channel: 'beta' }],
  ])('is none to a product %s', async (_what, options) => {
    const scene = await updateScene()
    await scene.check()
    expect(await scene.another(options).check()).toMatchObject({ source: 'hub' })
  })

  it('is none about a component that was installed since; the product is not asked about again', async () => {
    const scene = await updateScene()
    await scene.check()
    await scene.install('card-payments', '2.0.0')
    expect(await scene.check()).toMatchObject({ components: [{ slug: 'card-payments' }] })
    expect(scene.asked()).toEqual([1, 1])
  })

  it('is none once its signature has ended', async () => {
    const scene = await updateScene()
    await scene.check()
    // As if it had been given just now: only its token is as old as it is.
    scene.clock.advance(8 * dayMs)
    await scene.engine.keeper.save((record) => {
      const { product: told } = record.updates
      return { ...record, updates: { ...record.updates, product: told && { ...told, askedAt: scene.clock.now() } } }
    })
    expect(await scene.check()).toMatchObject({ source: 'hub' })
  })

  it('is none where somebody has edited it', async () => {
    const scene = await updateScene()
    await scene.check()
    await scene.engine.keeper.save((record) => {
      const { product: told } = record.updates
      const offers = (told?.offers ?? []).map((offer) => ({ ...offer, version: '9.9.9', sha256: 'ef'.repeat(32) }))
      return { ...record, updates: { ...record.updates, product: told && { ...told, offers } } }
    })
    expect(await scene.check()).toMatchObject({ source: 'hub', release: { version: '1.5.0' } })
  })

  it('still says what was withheld, and is asked for again after an hour', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    scene.emulator.faults.inject({ route: 'componentCheck', kind: 'release-token', problem: 'flipped-bit', times: 1 })
    const first = await scene.check()
    expect(first).toMatchObject({ withheld: [{ slug: 'card-payments', reason: 'proof-invalid' }] })
    const another = scene.another()
    expect(await another.check()).toEqual({ ...first, source: 'record' })
    expect(await another.checkComponents()).toEqual({
      outcome: 'current',
      withheld: [{ slug: 'card-payments', reason: 'proof-invalid' }],
    })
    expect(scene.asked()).toEqual([1, 1])

    scene.clock.advance(hourMs)
    expect(await another.check()).toMatchObject({ components: [{ slug: 'card-payments' }], withheld: [] })
    expect(scene.asked()).toEqual([1, 2])
  })

  it('still says what needs another version of the product', async () => {
    const scene = await updateScene()
    scene.emulator.addRelease({ product, version: '2.0.0', requiresProduct: '>=1.5.0' })
    const first = await scene.check()
    expect(first).toMatchObject({ outcome: 'current', withheld: [{ slug: product, reason: 'product-version' }] })
    scene.clock.advance(2 * hourMs)
    expect(await scene.another().check()).toEqual({ ...first, source: 'record' })
    expect(scene.asked()).toEqual([1, 0])
  })

  it('to a question about the components is one to that about everything, as far as it goes', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    expect(await scene.checkComponents()).toMatchObject({ items: [{ slug: 'card-payments' }] })
    expect(scene.announced).toEqual([])
    expect(await scene.check()).toMatchObject({
      release: { version: '1.5.0' },
      components: [{ slug: 'card-payments' }],
    })
    expect(scene.asked()).toEqual([1, 1])
  })

  it('is forgotten with the license', async () => {
    const scene = await updateScene()
    await scene.check()
    await scene.engine.keeper.save((record) => ({ ...record, licenseKey: null, entitlement: null }))
    expect(await scene.check()).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
  })
})

/** What the hub says to the scene's question about the product. */
async function askedForBody(emulator: Emulator): Promise<unknown> {
  const response = await emulator.fetch('https://hub.example/api/v1/update/check', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ license_key: key, product_slug: product, domain: 'mysite.com', current_version: '1.4.2' }),
  })
  return response.json()
}

/** Whoever waits for another process waits for real. */
function waitingInEarnest(): Partial<ClientPorts> {
  const locks = temporaryDirectory()
  return { lock: directoryLock(async () => locks), clock: { ...manualClock(), sleep: systemClock.sleep } }
}

describe('many who want to know at once', () => {
  it('make one request in one process', async () => {
    const scene = await updateScene()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => scene.check({ fresh: true })))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['available']))
    expect(scene.asked()).toEqual([1, 0])
  })

  it('make one request in several processes', async () => {
    const scene = await updateScene({ ports: waitingInEarnest() })
    const processes = [scene, scene.another(), scene.another(), scene.another()]
    for (const outcome of await Promise.all(processes.map((process) => process.check({ fresh: true })))) {
      expect(outcome).toMatchObject({ outcome: 'available', release: { version: '1.5.0' } })
    }
    expect(scene.asked()).toEqual([1, 0])
  })

  it('read no record while another process is at work on the answer', async () => {
    const store = memoryRecordStore()
    let [reads, pauses] = [0, 0]
    const counted = { ...store, read: (name: string) => store.read(name).finally(() => (reads += 1)) }
    const locks = temporaryDirectory()
    const clock = manualClock()
    const pause = async () => {
      pauses += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    const ports = { lock: directoryLock(async () => locks), store: counted, clock: { ...clock, sleep: pause } }
    const scene = await updateScene({ ports })
    const answered = new Promise<void>((resolve) => {
      scene.emulator.faults.inject({
        kind: 'respond',
        route: 'updateCheck',
        times: 1,
        async respond(_, answer) {
          resolve()
          await expect.poll(() => pauses, { interval: 1 }).toBeGreaterThan(20)
          return answer()
        },
      })
    })
    const first = scene.check()
    await answered
    const second = scene.another().check()
    await expect.poll(() => pauses, { interval: 1 }).toBeGreaterThan(5)
    const before = reads
    await expect.poll(() => pauses, { interval: 1 }).toBeGreaterThan(15)
    expect(reads).toBe(before)
    expect(await Promise.all([first, second])).toMatchObject([{ outcome: 'available' }, { outcome: 'available' }])
    expect(scene.asked()).toEqual([1, 0])
  })

  it('make one request about the components, whether they want to know of the product or not', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    for (const fresh of [false, true]) {
      const before = scene.asked()
      const [all, components, another] = await Promise.all([
        scene.check({ fresh }),
        scene.checkComponents({ fresh }),
        scene.checkComponents(),
      ])
      expect(all).toMatchObject({ release: { version: '1.5.0' }, components: [{ slug: 'card-payments' }] })
      expect(components).toMatchObject({ outcome: 'available', items: [{ slug: 'card-payments' }] })
      expect(another).toEqual(components)
      expect(scene.asked()).toEqual(before.map((count) => count + 1))
      scene.clock.advance(13 * hourMs)
    }
  })

  it('get no old answer for a fresh one', async () => {
    const clock = manualClock()
    const scene = await updateScene({ ports: { clock: { ...clock, sleep: systemClock.sleep } } })
    await scene.install('card-payments', '2.0.0')
    await scene.check()
    clock.advance(6 * hourMs)
    await scene.checkComponents({ fresh: true })
    // The product's news ends now, that of the components goes on.
    clock.advance(6 * hourMs)
    await Promise.all([scene.check(), scene.checkComponents({ fresh: true })])
    expect(scene.asked()).toEqual([2, 3])
  })

  it.each(['check', 'checkComponents'] as const)(
    'get no old answer for a fresh one that takes too long: %s',
    async (ask) => {
      const scene = await updateScene()
      await scene.install('card-payments', '2.0.0')
      expect(await scene[ask]()).toMatchObject({ outcome: 'available' })
      scene.emulator.faults.inject({ kind: 'silence' })
      const answer = scene[ask]({ fresh: true })
      scene.clock.advance(5_000)
      expect(await answer).toMatchObject({ outcome: 'deferred', reason: 'timeout' })
      expect(await scene[ask]()).toMatchObject({ outcome: 'available' })
    },
  )

  it('are told of components why the hub does not answer', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    scene.emulator.faults.inject({ route: 'componentCheck', kind: 'status', status: 500 })
    const [all, components] = await Promise.all([scene.check(), scene.checkComponents()])
    expect(all).toMatchObject({ outcome: 'available', componentsUndecided: { reason: 'hub-failed' } })
    expect(components).toMatchObject({ outcome: 'deferred', reason: 'hub-failed' })
  })

  it('share what the hub did not answer, too', async () => {
    const scene = await updateScene({ ports: waitingInEarnest() })
    scene.emulator.faults.inject({ route: 'updateCheck', kind: 'status', status: 500 })
    const processes = [scene, scene.another(), scene.another()]
    for (const outcome of await Promise.all(processes.map((process) => process.check()))) {
      expect(outcome).toMatchObject({ outcome: 'deferred', reason: 'hub-failed' })
    }
    expect(scene.asked()).toEqual([1, 0])
  })
})

describe('a hub that goes back', () => {
  it('by a lower version is not believed, and the author hears of it', async () => {
    const scene = await updateScene()
    scene.emulator.addRelease({ product, version: '1.6.0' })
    await scene.check()
    const frozen = await updateScene()
    // The same hub with an old answer: what it says now is 1.5.0.
    const old = await frozen.check()
    expect(old).toMatchObject({ release: { version: '1.5.0' } })
    scene.emulator.faults.inject({
      route: 'updateCheck',
      kind: 'respond',
      respond: (request) => frozen.emulator.fetch(request),
    })
    expect(await scene.check({ fresh: true })).toMatchObject({ outcome: 'deferred', reason: 'outdated-answer' })
    expect(scene.warnings.map(({ code }) => code)).toEqual(['updates-went-back'])
  })

  it('by an older signature is not believed', async () => {
    const scene = await updateScene()
    await scene.check()
    scene.clock.advance(13 * hourMs)
    scene.emulator.faults.inject({ route: 'updateCheck', kind: 'release-token', problem: 'issued-earlier' })
    expect(await scene.check()).toMatchObject({ outcome: 'deferred', reason: 'outdated-answer' })
    scene.emulator.faults.clear()
    scene.clock.advance(minuteMs)
    expect(await scene.check()).toMatchObject({ outcome: 'available', release: { version: '1.5.0' } })
  })

  it('by nothing at all is seen through, too', async () => {
    const scene = await updateScene()
    await scene.check()
    scene.emulator.faults.inject({
      route: 'updateCheck',
      kind: 'respond',
      respond: () =>
        Response.json({
          update_available: false,
          product_slug: product,
          current_version: '1.4.2',
          latest_version: '1.4.2',
          release: null,
        }),
    })
    expect(await scene.check({ fresh: true })).toMatchObject({ outcome: 'deferred', reason: 'outdated-answer' })
  })

  it('cannot be made to by a latest version that nobody has signed', async () => {
    const scene = await updateScene()
    scene.emulator.faults.inject({
      route: 'updateCheck',
      kind: 'respond',
      times: 1,
      respond: () =>
        Response.json({
          update_available: false,
          product_slug: product,
          current_version: '1.4.2',
          latest_version: '999.0.0',
          release: null,
        }),
    })
    expect(await scene.check()).toMatchObject({ outcome: 'current' })
    expect(await scene.check({ fresh: true })).toMatchObject({ outcome: 'available' })
  })

  it('to other bytes of the same version is not believed, while the seller may replace them', async () => {
    const scene = await updateScene()
    const first = await scene.check()
    const before = await askedForBody(scene.emulator)
    scene.clock.advance(13 * hourMs)
    scene.emulator.addRelease({ product, version: '1.5.0', content: new Uint8Array(500) })
    const second = await scene.check()
    expect(second).toMatchObject({ outcome: 'available', release: { version: '1.5.0', size: 500 } })
    expect(first).toMatchObject({ release: { version: '1.5.0', size: expect.not.closeTo(500) } })

    scene.emulator.faults.inject({ route: 'updateCheck', kind: 'respond', respond: () => Response.json(before) })
    expect(await scene.check({ fresh: true })).toMatchObject({ outcome: 'deferred', reason: 'outdated-answer' })
    expect(await scene.check()).toEqual({ ...second, source: 'record' })
    // Whoever has the version has nothing to gain by its other bytes.
    scene.emulator.faults.clear()
    expect(await scene.another({ product: { slug: product, version: '1.5.0' } }).check()).toMatchObject({
      outcome: 'current',
    })
  })

  it('with one component loses that one alone', async () => {
    const scene = await updateScene()
    await scene.install('card-payments', '2.0.0')
    await scene.install('parcel-courier', '1.9.0')
    await scene.check()
    await scene.engine.keeper.save((record) => {
      const milestone = { version: '2.2.0', issuedAt: null }
      const milestones = { ...record.updates.milestones, '[null,"card-payments"]': milestone }
      return { ...record, updates: { ...record.updates, milestones } }
    })
    expect(await scene.check({ fresh: true })).toMatchObject({
      components: [{ slug: 'parcel-courier' }],
      withheld: [{ slug: 'card-payments', reason: 'outdated-answer' }],
    })
  })
})
