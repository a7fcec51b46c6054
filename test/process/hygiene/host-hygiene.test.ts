import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { itWhere } from '../support/machine.js'
import { type GuestRun, type GuestTask, runGuest } from './guest-process.js'
import { swallowingPort } from './swallowing-port.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const dispatcherOfNode = 'Symbol(undici.globalDispatcher.1)'

const tasks: readonly { readonly name: string; readonly calls: GuestTask['calls']; readonly state: string }[] = [
  {
    name: 'activates and verifies',
    calls: [
      ['activate', key],
      ['verify', { fresh: true }],
    ],
    state: 'licensed',
  },
  { name: 'verifies from the record', calls: [['activate', key], ['verify']], state: 'licensed' },
  { name: 'finds no license', calls: [['verify']], state: 'unknown' },
]

async function inHost(moduleSystem: 'esm' | 'cjs', calls: GuestTask['calls']): Promise<GuestRun> {
  const emulator = createEmulator({ rateLimit: { strategy: 'off' } })
  const { url, close } = await emulator.listen()
  onTestFinished(close)
  return runGuest({
    moduleSystem,
    calls,
    options: {
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      directory: temporaryDirectory(),
      hub: { url, trustedKeys: emulator.keys },
    },
  })
}

describe.each(['esm', 'cjs'] as const)('a host that loads the %s build', (moduleSystem) => {
  it.each(tasks)('$name, and is left as it was', async ({ calls, state }) => {
    const { report, printed, exitCode } = await inHost(moduleSystem, calls)
    expect(report.answers.at(-1)).toMatchObject({ state })
    expect(printed).toBe('')
    expect(exitCode).toBe(0)
    expect(report.listenersAdded).toEqual([])
    expect(report.environmentChanged).toBe(false)
    expect(report.dispatcherReplaced).toBe(false)
    // Node makes it for itself, with its own agent, as soon as anybody touches its fetch.
    expect(report.globalsAdded.filter((name) => name !== dispatcherOfNode)).toEqual([])
  })

  it('has no handle left after its last statement', async () => {
    const { report } = await inHost(moduleSystem, [['activate', key], ['verify', { fresh: true }], ['checkUpdates']])
    // A file that Node's loader is still closing ends by itself; a socket or a timer would not.
    expect(report.resources.filter((resource) => !/Req/.test(resource))).toEqual([])
  })

  it('exits by itself, without close(), at once', async () => {
    const delays: number[] = []
    for (let run = 0; run < 5; run += 1) {
      const { exitDelayMs } = await inHost(moduleSystem, [
        ['activate', key],
        ['verify', { fresh: true }],
      ])
      delays.push(exitDelayMs)
    }
    const [, , median] = delays.sort((a, b) => a - b)
    // Meant to be 100 ms; a machine that runs many tests at once gets more.
    expect(median).toBeLessThan(1_000)
  })

  it('exits by itself while checks are planned in the background', async () => {
    const { report, printed, exitDelayMs } = await inHost(moduleSystem, [['activate', key], ['start'], ['verify']])
    expect(report.answers).toMatchObject([{ outcome: 'activated' }, null, { state: 'licensed' }])
    expect(report.resources.filter((resource) => !/Req/.test(resource))).toEqual([])
    expect(printed).toBe('')
    // A check that keeps the process alive would do so for hours.
    expect(exitDelayMs).toBeLessThan(5_000)
  })

  it('exits by itself where the hub never answers', async () => {
    const emulator = createEmulator()
    emulator.faults.inject({ kind: 'silence' })
    const { url, close } = await emulator.listen()
    onTestFinished(close)
    await expectSwiftEnd(url, moduleSystem)
  })

  itWhere(['the /proc of Linux'], 'exits by itself where a firewall swallows the connection', async () => {
    await expectSwiftEnd(`http://127.0.0.1:${await swallowingPort()}/api/v1`, moduleSystem)
  })
})

async function expectSwiftEnd(url: string, moduleSystem: 'esm' | 'cjs'): Promise<void> {
  const { report, exitDelayMs, printed } = await runGuest({
    moduleSystem,
    // Long enough for the request to be sent on a machine that runs many tests at once.
    calls: [['activate', key, { deadlineMs: 500 }]],
    options: {
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      directory: temporaryDirectory(),
      hub: { url },
    },
  })
  expect(report.answers).toMatchObject([{ outcome: 'deferred', reason: 'timeout' }])
  expect(printed).toBe('')
  expect(exitDelayMs).toBeLessThan(1_000)
}
