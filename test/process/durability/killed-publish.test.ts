import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createLicenseClient, type Explanation, type LicenseClient } from '../../../src/index.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { ClientCommand } from '../support/client-command.js'
import { type ClientProcess, diesOf, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { inParallel } from '../support/in-parallel.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'
import { figure, proveAtLength } from '../support/proof-length.js'
import { killAtSystemCall, oneFileThread, type SystemCall, systemCallsOf } from '../support/system-call-kill.js'

/** What changes a record or its name; at length, everything that file work consists of. */
const changing = ['write', 'fsync', 'rename', 'link', 'unlink']
const names = proveAtLength
  ? [...changing, 'mkdir', 'rmdir', 'openat', 'close', 'read', 'getdents64', 'statx', 'newfstatat']
  : changing

/** Most of the time goes by waiting for a lock that a killed process left behind. */
const runsAtOnce = 10

/** So that a busy machine does not pass for a hub that is away. */
const patienceMs = 60_000

const program = compiledProgram('client')
const hub = localHub()
const tally = { kills: 0, lost: 0, torn: 0, leftovers: 0, notSwept: 0 }
afterAll(() => figure(2, 'killed at each system call of a publish', tally))

/** A change of what is on disk, under fire. */
interface Scenario {
  readonly name: string
  /** What happens before, undisturbed. */
  readonly before: (key: string) => readonly ClientCommand[]
  readonly command: (key: string) => ClientCommand
  /** Whether what a new process finds is what was there before, or what the command makes of it. */
  readonly isLegal: (found: Explanation) => boolean
  /** What the user does next, and how many slots are taken then. */
  readonly recover: (client: LicenseClient, key: string) => Promise<unknown>
  readonly slotsAfter: number
}

/** An activation is announced, then carried out. */
const activationSerial = 2

const scenarios: readonly Scenario[] = [
  {
    name: 'a first activation',
    before: () => [{ call: 'status' }],
    command: (key) => ({ call: 'activate', key }),
    isLegal: ({ verdict, record }) =>
      verdict.state === 'licensed' ||
      (verdict.state === 'unknown' && (verdict.reason === 'no-record' || record?.activationPending === true)),
    recover: (client, key) => client.activate(key),
    slotsAfter: 1,
  },
  {
    name: 'a renewal',
    before: (key) => [{ call: 'activate', key }],
    command: () => ({ call: 'verify', options: { fresh: true } }),
    isLegal: ({ verdict, record }) =>
      verdict.state === 'licensed' && [activationSerial, activationSerial + 1].includes(record?.serial ?? 0),
    recover: (client) => client.verify({ fresh: true }),
    slotsAfter: 1,
  },
  {
    name: 'a deactivation',
    before: (key) => [{ call: 'activate', key }],
    command: () => ({ call: 'deactivate' }),
    isLegal: ({ verdict }) =>
      verdict.state === 'licensed' || (verdict.state === 'unlicensed' && verdict.reason === 'deactivated'),
    recover: (client) => client.deactivate(),
    slotsAfter: 0,
  },
]

describeWhere(['strace'], 'a process that is killed', () => {
  it.each(scenarios)('in $name leaves the old record or the new one', { timeout: 900_000 }, async (scenario) => {
    const all = await systemCallsIn(scenario)
    const calls = proveAtLength ? all : all.filter(({ wakesThread }) => !wakesThread)
    await inParallel(calls, runsAtOnce, async (call) => {
      expect({ call, killed: await isKilledInTheEnd(scenario, call) }).toEqual({ call, killed: true })
    })
    // Behind the last one nothing is left to interrupt.
    await inParallel(proveAtLength ? lastOfEach(calls) : [], runsAtOnce, async ({ name, occurrence }) => {
      expect(await isKilledAt(scenario, { name, occurrence: occurrence + 1 })).toBe(false)
    })
  })

  it('was killed often enough to mean something', () => {
    expect(tally.kills).toBeGreaterThan(30)
    expect(tally).toMatchObject({ lost: 0, torn: 0, notSwept: 0 })
  })
})

interface Subject {
  readonly child: ClientProcess
  readonly key: string
  readonly directory: string
}

/** A process about to do what the scenario is about. */
async function subjectOf(scenario: Scenario): Promise<Subject> {
  const key = hub.newLicense()
  const directory = temporaryDirectory()
  const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory, byFetch: true, patienceMs }
  const child = startClient(program(), setup, { env: oneFileThread })
  for (const command of scenario.before(key)) {
    expect(await child.ask(command)).not.toMatchObject({ outcome: 'deferred' })
  }
  return { child, key, directory }
}

async function systemCallsIn(scenario: Scenario): Promise<readonly SystemCall[]> {
  const { child, key } = await subjectOf(scenario)
  const calls = await systemCallsOf(child.pid, names, () => child.ask(scenario.command(key)))
  await child.end()
  return calls
}

function lastOfEach(calls: readonly SystemCall[]): readonly SystemCall[] {
  return [...new Map(calls.map((call) => [call.name, call])).values()]
}

/**
 * As {@link isKilledAt}, in up to three runs: a wake-up is spared where another is still on its way, so that a run may
 * end with fewer writes than the one in which they were counted.
 */
async function isKilledInTheEnd(scenario: Scenario, call: SystemCall): Promise<boolean> {
  for (let run = 1; run <= 3; run += 1) if (await isKilledAt(scenario, call)) return true
  return false
}

/** One run, with everything that must hold after it. False when that system call was never reached. */
async function isKilledAt(scenario: Scenario, call: SystemCall): Promise<boolean> {
  const { child, key, directory } = await subjectOf(scenario)
  await killAtSystemCall(child.pid, call)
  const killed = await diesOf(child, scenario.command(key))
  if (killed) tally.kills += 1

  const next = newProcess(directory)
  const warnings: string[] = []
  next.on('warning', ({ code }) => warnings.push(code))
  const found = await next.explain()
  const isLegal = scenario.isLegal(found)
  if (!isLegal) tally.lost += 1
  if (warnings.includes('record-damaged')) tally.torn += 1
  expect({ isLegal, warnings, verdict: found.verdict.state }).toMatchObject({ isLegal: true, warnings: [] })

  await scenario.recover(next, key)
  expect(hub.slotsOf(key)).toBe(scenario.slotsAfter)
  await expectSwept(directory)
  if (scenario.slotsAfter === 0) expect(contentsOf(directory)).not.toContain(key)
  return killed
}

function newProcess(directory: string): LicenseClient {
  return createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: hub.emulator.keys },
    directory,
    fetch: globalThis.fetch,
    requestDeadlineMs: patienceMs,
    verifyDeadlineMs: patienceMs,
  })
}

const temporaryFiles = (directory: string) => readdirSync(directory).filter((name) => name.endsWith('.tmp'))

/** What the killed process left half-written goes with the first write of the next day. */
async function expectSwept(directory: string): Promise<void> {
  const leftovers = temporaryFiles(directory)
  tally.leftovers += leftovers.length
  if (leftovers.length === 0) return
  const yesterday = Date.now() / 1_000 - 86_400
  for (const name of leftovers) utimesSync(join(directory, name), yesterday, yesterday)
  const later = newProcess(directory)
  await later.activate(hub.newLicense())
  tally.notSwept += temporaryFiles(directory).length
  expect(temporaryFiles(directory)).toEqual([])
}

/** Everything in the directory, records decoded. */
function contentsOf(directory: string): string {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(directory, name), 'utf8'))
    .flatMap((text) => [text, Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()])
    .join('\n')
}
