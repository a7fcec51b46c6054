import { describe, expect, it } from 'vitest'
import { fetchTransport } from '../../../src/adapters/fetch-transport.js'
import { fileRecordStore } from '../../../src/adapters/file-record-store.js'
import { systemClock } from '../../../src/adapters/system-clock.js'
import { composeClient } from '../../../src/compose-client.js'
import { readOptions } from '../../../src/read-options.js'
import { clientPorts } from '../../support/client-ports.js'
import { hourMs } from '../../support/manual-clock.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { type ClientProcess, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { figure, proveAtLength } from '../support/proof-length.js'

const processes = proveAtLength ? 200 : 24

const program = compiledProgram('client')
/** How far the hub's clock is behind, so that what it says now is old later. */
let behindMs = 0
const hub = localHub({ clock: { now: () => Date.now() - behindMs } })
const asked = () => hub.emulator.arrivals.filter(({ route }) => route === 'verify').length

/** A directory with the record of a license that was verified 13 hours ago. */
async function staleDirectory(): Promise<string> {
  const directory = temporaryDirectory()
  behindMs = 13 * hourMs
  const client = composeClient(
    readOptions({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: hub.emulator.keys },
    }),
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
async function startProducts(directory: string, count: number): Promise<readonly ClientProcess[]> {
  const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory, byFetch: true }
  const products = Array.from({ length: count }, () => startClient(program(), setup))
  await Promise.all(products.map((product) => product.ask({ call: 'status' })))
  return products
}

/** Long enough for a machine that has to run so many processes at once. */
const deadlineMs = 20_000

/** What each finds, and after how many milliseconds. */
async function verifyTogether(products: readonly ClientProcess[]) {
  const started = performance.now()
  return Promise.all(
    products.map(async (product) => {
      const verdict = await product.ask({ call: 'verify', options: { deadlineMs } })
      return { verdict, afterMs: performance.now() - started }
    }),
  )
}

const latest = (answers: readonly { readonly afterMs: number }[]) =>
  Math.round(Math.max(...answers.map(({ afterMs }) => afterMs)))

describe('processes that find the same stale record at once', () => {
  it('make one request, and all say what it brought', { timeout: 300_000 }, async () => {
    const products = await startProducts(await staleDirectory(), processes)
    const answers = await verifyTogether(products)
    figure(12, 'processes on one stale record', { processes, requests: asked(), lastVerdictMs: latest(answers) })
    expect(answers.map(({ verdict }) => verdict.state)).toEqual(answers.map(() => 'licensed'))
    expect(answers.filter(({ verdict }) => verdict.source === 'hub')).toHaveLength(1)
    expect(asked()).toBe(1)
  })

  it('let another one ask when the one that leads is killed', { timeout: 120_000 }, async () => {
    const products = await startProducts(await staleDirectory(), 6)
    const [leader, ...others] = products
    hub.emulator.faults.inject({ kind: 'silence', route: 'verify', times: 1 })
    leader?.ask({ call: 'verify', options: { deadlineMs } }).catch(() => undefined)
    await expect.poll(asked, { timeout: deadlineMs, interval: 10 }).toBe(1)
    const answers = verifyTogether(others)
    await leader?.kill()
    const killedAt = Date.now()
    const verdicts = (await answers).map(({ verdict }) => verdict)
    const replacedAfterMs = (hub.emulator.arrivals.filter(({ route }) => route === 'verify')[1]?.at ?? 0) - killedAt
    figure(12, 'a leader that was killed', { processes: others.length, requests: asked(), replacedAfterMs })
    expect(verdicts.map(({ state }) => state)).toEqual(others.map(() => 'licensed'))
    expect(verdicts.filter(({ source }) => source === 'hub')).toHaveLength(1)
    expect(asked()).toBe(2)
  })
})
