import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import type { Verdict } from '../../src/index.js'
import type { RecordStore } from '../../src/ports/record-store.js'
import { dayMs, hourMs, type ManualClock, manualClock } from '../support/manual-clock.js'
import { type SharedPlace, sharedPlace } from '../support/memory-shared-store.js'
import { type EmulatedHub, emulatedHub, key } from './emulated-hub.js'

interface Cluster {
  readonly hub: EmulatedHub
  readonly place: SharedPlace
  /** A machine with a disk and a clock of its own. */
  machine(clockErrorMs?: number, disk?: RecordStore): Machine
  /** Lets time pass everywhere. */
  advance(ms: number): void
  slots(): number
}

interface Machine {
  readonly disk: RecordStore
  /** The product, started anew. */
  start(): ReturnType<EmulatedHub['client']>
}

function cluster(pinned = true): Cluster {
  const hub = emulatedHub()
  const place = sharedPlace(hub.clock)
  const clocks: ManualClock[] = [hub.clock]
  return {
    hub,
    place,
    machine(clockErrorMs = 0, disk = memoryRecordStore()) {
      const clock = manualClock({ at: hub.clock.now() + clockErrorMs })
      clocks.push(clock)
      const ports = { clock, store: disk, ledger: memoryLedgerStore(), sharedStore: place.seenFrom(clock) }
      return { disk, start: () => hub.client(pinned ? {} : { hub: { trustedKeys: {} } }, ports) }
    },
    advance(ms) {
      for (const clock of clocks) clock.advance(ms)
    },
    slots: () => hub.emulator.licenses().find((license) => license.key === key)?.activations.length ?? 0,
  }
}

/** Everything on a disk as text, to look for a key in. */
async function contentsOf(disk: RecordStore): Promise<string> {
  const names = await disk.list('')
  const contents = await Promise.all(names.map((name) => disk.read(name)))
  return contents.map((content) => new TextDecoder().decode(content)).join('\n')
}

const withoutDisk: RecordStore = {
  ...memoryRecordStore(),
  list: () => Promise.reject(new Error('EROFS')),
  read: () => Promise.reject(new Error('EROFS')),
  publish: () => Promise.reject(new Error('EROFS')),
  publishOnce: () => Promise.reject(new Error('EROFS')),
}

describe.each([true, false])('machines that share a store (keys pinned: %s)', (pinned) => {
  const codes = (client: { readonly told: { readonly warning: readonly { readonly code: string }[] } }) =>
    client.told.warning.map(({ code }) => code).filter((code) => code !== 'unpinned-hub')

  it('are one installation: what one activates, all have, by one request and one slot', async () => {
    const { hub, machine, slots } = cluster(pinned)
    const [one, other] = [machine().start(), machine().start()]
    expect(await one.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await other.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect((await one.offlineRequest()).installationId).toBe((await other.offlineRequest()).installationId)
    expect(hub.asked()).toBe(1)
    expect(slots()).toBe(1)
  })

  it('are one device where the product has no site', async () => {
    const { hub, place } = cluster(pinned)
    const start = () =>
      hub.client({ domain: 'auto' }, { sharedStore: place.seenFrom(hub.clock), store: memoryRecordStore() })
    await start().activate(key)
    expect(await start().verify()).toMatchObject({ state: 'licensed' })
    expect(hub.asked()).toBe(1)
  })

  it('need no disk', async () => {
    const { machine } = cluster(pinned)
    const one = machine(0, withoutDisk).start()
    await one.activate(key)
    const other = machine(0, withoutDisk).start()
    expect(await other.verify()).toMatchObject({ state: 'licensed' })
    expect([...codes(one), ...codes(other)]).toEqual([])
  })

  it('leave alone what a machine has kept for itself', async () => {
    const { hub, machine } = cluster(pinned)
    const disk = memoryRecordStore()
    const alone = hub.client({}, { store: disk })
    await alone.activate(key)
    const shared = machine(0, disk).start()
    expect(await shared.verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    expect(await alone.verify()).toMatchObject({ state: 'licensed' })
  })

  it('judge a record alike, however far their clocks are apart', async () => {
    const { hub, machine, advance } = cluster(pinned)
    const machines = [0, -400 * dayMs, 400 * dayMs, 3 * hourMs].map((error) => machine(error).start())
    await machines[1]?.activate(key)
    const expectVerdicts = async (expected: Partial<Verdict>) => {
      for (const client of machines) expect(await client.verify()).toMatchObject(expected)
    }
    await expectVerdicts({ state: 'licensed', source: 'record' })
    expect(hub.asked()).toBe(1)

    hub.emulator.faults.inject({ kind: 'status', status: 500 })
    advance(14 * dayMs)
    await expectVerdicts({ state: 'grace' })
    advance(12 * hourMs)
    await expectVerdicts({ state: 'unlicensed', reason: 'grace-over' })
  })

  it('work on without it, and say so once', async () => {
    const { hub, machine, place, advance } = cluster(pinned)
    const here = machine()
    const running = here.start()
    await running.activate(key)
    place.goAway()
    expect(await running.verify()).toMatchObject({ state: 'licensed' })
    expect(await here.start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
    advance(13 * hourMs)
    expect(await running.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(await running.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(codes(running)).toEqual(['shared-store-unavailable'])
    expect(hub.asked()).toBe(3)
  })

  it('bear in mind what they know where there is no copy either', async () => {
    const { machine, place } = cluster(pinned)
    const here = machine()
    const running = here.start()
    await running.activate(key)
    place.goAway()
    for (const name of await here.disk.list('')) await here.disk.remove(name)
    expect(await running.verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })

  it('keep a copy of what another one has activated', async () => {
    const { machine, place } = cluster(pinned)
    await machine().start().activate(key)
    const other = machine()
    await other.start().verify()
    place.goAway()
    expect(await other.start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })

  it('never call a license missing that a machine cannot look for', async () => {
    const { machine, place } = cluster(pinned)
    await machine().start().activate(key)
    place.goAway()
    expect(await machine().start().verify()).toMatchObject({ state: 'unknown', reason: 'record-unreadable' })
  })

  it('are one installation again after one began without the others', async () => {
    const { machine, place, slots } = cluster(pinned)
    const first = machine().start()
    await first.activate(key)
    place.goAway()
    const late = machine().start()
    expect(await late.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await late.verify()).toMatchObject({ state: 'licensed' })
    place.comeBack()
    expect(await late.verify()).toMatchObject({ state: 'licensed' })
    expect((await late.offlineRequest()).installationId).toBe((await first.offlineRequest()).installationId)
    expect(await first.verify()).toMatchObject({ state: 'licensed' })
    expect(codes(first)).toEqual([])
    expect(slots()).toBe(1)
  })

  it('all learn, when it is back, what one of them has heard meanwhile', async () => {
    const { hub, machine, place, advance } = cluster(pinned)
    const [one, other] = [machine().start(), machine().start()]
    await one.activate(key)
    await other.verify()
    place.goAway()
    advance(13 * hourMs)
    expect(await one.verify()).toMatchObject({ source: 'hub' })
    place.comeBack()
    await one.verify()
    const asked = hub.asked()
    expect(await other.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(hub.asked()).toBe(asked)
  })

  it('never take up again what one of them has given up', async () => {
    const { machine, place, slots } = cluster(pinned)
    const [here, there] = [machine(), machine()]
    const one = here.start()
    await one.activate(key)
    await there.start().verify()
    place.goAway()
    await one.deactivate()
    place.comeBack()
    await one.verify()
    expect(await there.start().verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
    expect(slots()).toBe(0)
    for (const disk of [here.disk, there.disk, place.records]) expect(await contentsOf(disk)).not.toContain(key)
  })

  it('fill a store again that has lost everything', async () => {
    const { hub, machine, place } = cluster(pinned)
    const here = machine()
    await here.start().activate(key)
    place.loseEverything()
    await here.start().verify()
    expect(await machine().start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(hub.asked()).toBe(1)
  })

  it('stay who they are when the store has lost that too', async () => {
    const { machine, place } = cluster(pinned)
    const here = machine()
    const { installationId } = await here.start().offlineRequest()
    place.loseEverything()
    expect(await here.start().offlineRequest()).toMatchObject({ installationId })
    expect(await machine().start().offlineRequest()).toMatchObject({ installationId })
  })

  it('do not say that a license is forgotten while the others have it', async () => {
    const { machine, place } = cluster(pinned)
    const here = machine().start()
    await here.activate(key)
    place.goAway()
    expect(await here.reset()).toMatchObject({ outcome: 'failed' })
    place.comeBack()
    expect(await here.reset()).toMatchObject({ outcome: 'reset' })
    expect(await machine().start().verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
  })
})
