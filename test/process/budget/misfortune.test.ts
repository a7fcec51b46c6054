import { chmodSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Limitation, type LimitedHub, limitedHub } from '../../support/limited-hub.js'
import { compiledProgram } from '../support/compiled-program.js'
import { type Crowd, type CrowdOptions, gatherCrowd } from '../support/crowd.js'
import { describeWhere } from '../support/machine.js'
import { figure } from '../support/proof-length.js'
import { anotherUser, openToAll } from '../support/unusable-disk.js'

const program = compiledProgram('asker')

async function openHub(limitation: Limitation): Promise<LimitedHub> {
  const hub = await limitedHub(limitation)
  onTestFinished(hub.close)
  return hub
}

async function gather(hub: LimitedHub, options: Partial<CrowdOptions>): Promise<Crowd> {
  const crowd = await gatherCrowd(program(), hub, { processes: 4, lock: 'directory', deadlineMs: 15_000, ...options })
  onTestFinished(crowd.kill)
  return crowd
}

describe('processes that are refused because of somebody else', () => {
  const limitation = { strategy: 'fixed-window', limit: 4, windowMs: 2_000 } as const

  /** Somebody else behind the same address uses the limit up. */
  async function useUp(hub: LimitedHub): Promise<void> {
    const body = JSON.stringify({ license_key: hub.licenseKey, product_slug: 'flavor-starter', domain: 'foreign.com' })
    const headers = { 'content-type': 'application/json', 'user-agent': 'foreign' }
    for (let sent = 0; sent < limitation.limit; sent += 1) {
      const response = await fetch(`${hub.options.url}/license/verify`, { method: 'POST', headers, body })
      await response.arrayBuffer()
    }
  }

  it('are silent together, send one probe, and go on slowly', { timeout: 60_000 }, async () => {
    const hub = await openHub(limitation)
    const { askers, stop } = await gather(hub, {})
    await useUp(hub)
    const [first, ...others] = askers
    const ours = () => hub.arrivals().filter(({ userAgent }) => userAgent !== 'foreign')
    first?.start()
    await expect.poll(() => ours().length, { interval: 5, timeout: 20_000 }).toBe(1)
    // The probe is answered late, so that whoever does not wait for it would be seen.
    hub.emulator.faults.inject({ kind: 'latency', ms: 600, route: 'verify', times: 1 })
    for (const other of others) other.start()
    await expect.poll(() => ours().length, { interval: 20, timeout: 30_000 }).toBeGreaterThanOrEqual(5)
    const reports = await stop()

    const [refused, probe, ...paced] = ours()
    const silenceMs = (probe?.at ?? 0) - (refused?.at ?? 0)
    const gapsMs = paced.map(({ at }, index) => at - ([probe, ...paced][index]?.at ?? 0))
    figure(5, 'refused because of somebody else', { processes: askers.length, silenceMs, gapMs: Math.min(...gapsMs) })
    expect(refused?.status).toBe(429)
    expect(silenceMs).toBeGreaterThanOrEqual(limitation.windowMs)
    // Half of the limit, evenly; a busy machine may be late with one and in time with the next.
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(limitation.windowMs / (limitation.limit / 2) - 300)
    expect([probe, ...paced].map((arrival) => arrival?.status)).toEqual([probe, ...paced].map(() => 200))
    for (const { verdicts } of reports) {
      expect(Object.keys(verdicts).filter((kind) => !kind.startsWith('licensed'))).toEqual([])
    }
  })
})

describeWhere(['users besides its own'], 'processes that lose the disk of their ledger', () => {
  it('ask less while it is gone, and are not refused then nor when it is back', { timeout: 60_000 }, async () => {
    const limitation = { strategy: 'moving-window', limit: 8, windowMs: 1_000 } as const
    const hub = await openHub(limitation)
    openToAll(hub.directory)
    const { askers, stop } = await gather(hub, { wrapper: anotherUser })
    for (const asker of askers) asker.start()
    const counts: number[] = []
    const during = async (windows: number) => {
      const before = hub.arrivals().length
      await delay(windows * limitation.windowMs)
      counts.push(hub.arrivals().length - before)
    }
    await during(3)
    chmodSync(hub.directory, 0o000)
    await during(3)
    chmodSync(hub.directory, 0o777)
    await during(4)
    const reports = await stop()
    const [before = 0, without = 0, after = 0] = counts
    figure(11, 'the disk of the ledger is lost and comes back', { before, without, after, refused: hub.refused() })
    expect(hub.refused()).toBe(0)
    expect(without).toBeGreaterThan(0)
    expect(after).toBeGreaterThan(0)
    for (const { verdicts } of reports) {
      expect(Object.keys(verdicts).filter((kind) => !kind.startsWith('licensed'))).toEqual([])
    }
  })
})

describe('processes in a hurry', () => {
  it('are answered by their deadline, whether they wait for a place or for the hub', { timeout: 60_000 }, async () => {
    const hub = await openHub({ strategy: 'fixed-window', limit: 4, windowMs: 1_000 })
    const deadlineMs = 700
    const { askers, stop } = await gather(hub, { processes: 6, deadlineMs })
    hub.emulator.faults.inject({ kind: 'silence', route: 'verify', times: 3 })
    for (const asker of askers) asker.start()
    await delay(4_000)
    const reports = await stop()
    const latest = (of: 'overshootMs' | 'behindTimerMs') =>
      Math.round(Math.max(0, ...reports.map((report) => report[of])))
    const [overshootMs, behindTimerMs] = [latest('overshootMs'), latest('behindTimerMs')]
    const verdicts = reports.flatMap((report) => Object.keys(report.verdicts))
    figure(7, 'verdicts under a deadline of 700 ms', { processes: askers.length, overshootMs, behindTimerMs })
    expect(new Set(verdicts)).toContain('licensed by record, timeout')
    expect(new Set(verdicts)).toContain('licensed by record, over-budget')
    // By the machine's own timers: one that runs many tests at once serves them late.
    expect(behindTimerMs).toBeLessThan(50)
  })
})
