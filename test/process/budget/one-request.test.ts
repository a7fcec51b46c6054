import { describe, expect, it } from 'vitest'
import { fetchTransport } from '../../../src/adapters/fetch-transport.js'
import { fileLedgerStore } from '../../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../../src/adapters/file-record-store.js'
import { openLock } from '../../../src/adapters/open-lock.js'
import { systemClock } from '../../../src/adapters/system-clock.js'
import { composeClient } from '../../../src/compose-client.js'
import type { Verdict } from '../../../src/index.js'
import { readOptions } from '../../../src/read-options.js'
import { clientPorts } from '../../support/client-ports.js'
import { hourMs } from '../../support/manual-clock.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { keepBusy } from '../support/busy-machine.js'
import { type ClientProcess, type ProcessOptions, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'
import { figure, proveAtLength } from '../support/proof-length.js'

const processes = proveAtLength ? 200 : 24

const program = compiledProgram('client')
/** How far the hub's clock is behind, so that what it says now is old later. */
let behindMs = 0
const hub = localHub({ clock: { now: () => Date.now() - behindMs } })
const asked = () => hub.emulator.arrivals.filter(({ route }) => route === 'verify').length

const settings = () =>
  readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: hub.emulator.keys },
  })

/** A directory with the record of a license that was verified 13 hours ago. */
async function staleDirectory(): Promise<string> {
  const directory = temporaryDirectory()
  behindMs = 13 * hourMs
  const client = composeClient(
    settings(),
    clientPorts({
      clock: { ...systemClock, now: () => Date.now() - behindMs },
      store: fileRecordStore(() => Promise.resolve(directory)),
      transport: fetchTransport(globalThis.fetch),
    }),
  )
  expect(await client.activate(hub.newLicense())).toMatchObject({ outcome: 'activated' })
  await client.close()
  behindMs = 0
  hub.emulator.clearArrivals()
  return directory
}

/** Products that have all been started and have asked nothing yet. */
async function startProducts(
  directory: string,
  count: number,
  options: ProcessOptions = {},
): Promise<readonly ClientProcess[]> {
  const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory, byFetch: true }
  const products = Array.from({ length: count }, () => startClient(program(), setup, options))
  await Promise.all(products.map((product) => product.ask({ call: 'status' })))
  return products
}

/** Long enough for a machine that has to run so many processes at once. */
const deadlineMs = 20_000

/** What each finds, and after how many milliseconds. */
async function verifyTogether(products: readonly ClientProcess[], options: { readonly offline?: boolean } = {}) {
  const started = performance.now()
  return Promise.all(
    products.map(async (product) => {
      const verdict = await product.ask({ call: 'verify', options: { deadlineMs, ...options } })
      return { verdict, afterMs: performance.now() - started }
    }),
  )
}

const latest = (answers: readonly { readonly afterMs: number }[]) =>
  Math.round(Math.max(...answers.map(({ afterMs }) => afterMs)))

/** All say the same, and one has it from the hub. */
function expectOneAnswer(verdicts: readonly Verdict[]): void {
  expect(verdicts.map(({ state }) => state)).toEqual(verdicts.map(() => 'licensed'))
  expect(verdicts.filter(({ source }) => source === 'hub')).toHaveLength(1)
}

/** The first asks and is killed before it is answered. What the others find, and when the second request arrives. */
async function outliveLeader([leader, ...others]: readonly ClientProcess[]) {
  hub.emulator.faults.inject({ kind: 'silence', route: 'verify', times: 1 })
  leader?.ask({ call: 'verify', options: { deadlineMs } }).catch(() => undefined)
  await expect.poll(asked, { timeout: deadlineMs, interval: 10 }).toBe(1)
  const answers = verifyTogether(others)
  await leader?.kill()
  const killedAt = Date.now()
  const verdicts = (await answers).map(({ verdict }) => verdict)
  const arrivals = hub.emulator.arrivals.filter(({ route }) => route === 'verify')
  return { verdicts, replacedAfterMs: (arrivals[1]?.at ?? Number.NaN) - killedAt }
}

describe('processes that find the same stale record at once', () => {
  it.each(proveAtLength ? [0, 4] : [0])(
    'make one request, and all say what it brought (beside %i programs that never pause)',
    { timeout: 400_000 },
    async (busyPrograms) => {
      const directory = await staleDirectory()
      const products = await startProducts(directory, processes)
      keepBusy(busyPrograms)
      const answers = await verifyTogether(products)
      const requests = asked()
      await Promise.all(products.map((product) => product.end()))
      // What a verdict costs that asks nobody: no process can know more sooner.
      const floor = proveAtLength ? await startProducts(directory, processes) : []
      const offline = await verifyTogether(floor, { offline: true })
      figure(12, 'processes on one stale record', {
        processes,
        busyPrograms,
        requests,
        lastVerdictMs: latest(answers),
        lastOfflineVerdictMs: latest(offline),
      })
      expectOneAnswer(answers.map(({ verdict }) => verdict))
      expect(requests).toBe(1)
    },
  )

  it('make one request where a lock is granted to everybody', async () => {
    const directory = await staleDirectory()
    // Long enough for all of them to look while it is under way.
    hub.emulator.faults.inject({ kind: 'latency', ms: 400, route: 'verify', times: 1 })
    const locate = () => Promise.resolve(directory)
    const products = Array.from({ length: 12 }, () =>
      composeClient(
        settings(),
        clientPorts({
          clock: systemClock,
          store: fileRecordStore(locate),
          lock: openLock,
          ledger: fileLedgerStore(locate),
          transport: fetchTransport(globalThis.fetch),
        }),
      ),
    )
    expectOneAnswer(await Promise.all(products.map((product) => product.verify({ deadlineMs }))))
    expect(asked()).toBe(1)
    await Promise.all(products.map((product) => product.close()))
  })

  it('let another one ask when the one that leads is killed', { timeout: 120_000 }, async () => {
    const { verdicts, replacedAfterMs } = await outliveLeader(await startProducts(await staleDirectory(), 6))
    figure(12, 'a leader that was killed', { processes: 5, requests: asked(), replacedAfterMs })
    expectOneAnswer(verdicts)
    expect(asked()).toBe(2)
  })
})

describeWhere(['process namespaces'], 'processes of two containers that find the same stale record at once', () => {
  const inContainer = { wrapper: ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'] }

  /** Products that see each other in the first container, and one that is alone in the second. */
  async function startContainers(directory: string) {
    return [...(await startProducts(directory, 1, inContainer)), ...(await startProducts(directory, 3))]
  }

  it('make one request', { timeout: 120_000 }, async () => {
    const answers = await verifyTogether(await startContainers(await staleDirectory()))
    expectOneAnswer(answers.map(({ verdict }) => verdict))
    expect(asked()).toBe(1)
  })

  it('let another one ask when the one that leads is killed out of their sight', { timeout: 120_000 }, async () => {
    const { verdicts, replacedAfterMs } = await outliveLeader(await startContainers(await staleDirectory()))
    figure(12, 'a leader of another container that was killed', { processes: 3, requests: asked(), replacedAfterMs })
    expectOneAnswer(verdicts)
    expect(asked()).toBe(2)
  })
})
