import { Agent, buildConnector } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLicenseClient, type LicenseClient } from '../../../src/index.js'
import { type FaultProxy, faultProxy, type LineFault } from '../../support/fault-proxy.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { ClientGone, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { figure, proveAtLength } from '../support/proof-length.js'

const lostRuns = proveAtLength ? 1_000 : 40
const killedRuns = proveAtLength ? 200 : 12

const program = compiledProgram('client')
const hub = localHub()
let proxy: FaultProxy
beforeAll(async () => {
  proxy = await faultProxy(hub.port)
})
afterAll(() => proxy.close())

/** One installation with the licenses of a run. */
interface Installation {
  readonly directory: string
  readonly domain: string
  readonly key: string
  readonly otherKey: string
}

type Act = (client: LicenseClient, installation: Installation) => Promise<unknown>

interface Plan {
  readonly name: string
  readonly route: 'activate' | 'deactivate'
  /** What went well before. */
  readonly before: Act
  /** The call whose answer is lost. */
  readonly act: Act
  /** What may be called next; any of them must put things right. */
  readonly recoveries: readonly Act[]
  /** Slots that `key` and `otherKey` take in the end. */
  readonly slots: readonly [number, number]
}

const nothing: Act = async () => undefined
const activate: Act = (client, { key }) => client.activate(key)
const activateOther: Act = (client, { otherKey }) => client.activate(otherKey)
const deactivate: Act = (client) => client.deactivate()
const verify: Act = (client) => client.verify()
const verifyFresh: Act = (client) => client.verify({ fresh: true })
const inTurn =
  (...acts: readonly Act[]): Act =>
  async (client, installation) => {
    for (const act of acts) await act(client, installation)
  }

const plans: readonly Plan[] = [
  {
    name: 'a first activation',
    route: 'activate',
    before: nothing,
    act: activate,
    recoveries: [activate, verify, verifyFresh],
    slots: [1, 0],
  },
  {
    name: 'an activation of what is active',
    route: 'activate',
    before: activate,
    act: activate,
    recoveries: [activate, verify, verifyFresh],
    slots: [1, 0],
  },
  {
    name: 'a deactivation',
    route: 'deactivate',
    before: activate,
    act: deactivate,
    recoveries: [deactivate, verifyFresh],
    slots: [0, 0],
  },
  {
    name: 'a replacement by another key',
    route: 'activate',
    before: activate,
    act: activateOther,
    recoveries: [activateOther, inTurn(verifyFresh, activateOther)],
    slots: [0, 1],
  },
  {
    name: 'a first activation that is then given up',
    route: 'activate',
    before: nothing,
    act: activate,
    recoveries: [deactivate, inTurn(verifyFresh, deactivate)],
    slots: [0, 0],
  },
  {
    name: 'a replacement that is then given up',
    route: 'activate',
    before: activate,
    act: activateOther,
    recoveries: [deactivate, inTurn(verifyFresh, deactivate)],
    slots: [0, 0],
  },
  {
    name: 'a first activation with the wrong key of the two',
    route: 'activate',
    before: nothing,
    act: activate,
    recoveries: [activateOther, inTurn(verifyFresh, activateOther)],
    slots: [0, 1],
  },
]

/** Ways in which the hub does its work and the client never learns of it. */
const losses: readonly ((route: Plan['route'], run: number) => void)[] = [
  (route) => hub.emulator.faults.inject({ kind: 'drop', when: 'after', route, times: 1 }),
  (route) => hub.emulator.faults.inject({ kind: 'status', status: 502, when: 'after', route, times: 1 }),
  (route, run) => hub.emulator.faults.inject({ kind: 'truncated-body', bytes: run % 90, route, times: 1 }),
  () => proxy.setFault({ kind: 'lose-answer' }),
  (_route, run) => proxy.setFault(cutAt('cut-answer', run)),
  (_route, run) => proxy.setFault(cutAt('reset-answer', run)),
]

function cutAt(kind: 'cut-answer' | 'reset-answer', run: number): LineFault {
  return { kind, afterBytes: (run * 37) % 250 }
}

/** Every plan with every loss and recovery, in the same process or in the next one, over and over. */
const cases = plans.flatMap((plan) =>
  plan.recoveries.flatMap((recover) =>
    losses.flatMap((lose) => [true, false].map((restarted) => ({ plan, recover, lose, restarted }))),
  ),
)

const tally = { runs: 0, killed: 0, slotsOff: 0, wrongVerdicts: 0 }
afterAll(() => figure(8, 'replies lost over loopback', tally))

describe('an activation or deactivation that the hub carried out and whose answer was lost', () => {
  it('is put right by the next call', { timeout: 900_000 }, async () => {
    for (let run = 0; run < lostRuns; run += 1) {
      // A stride that shares no factor with the number of cases visits all of them.
      const { plan, recover, lose, restarted } = cases[(run * 61) % cases.length] ?? cases[0] ?? unreachable()
      const installation = newInstallation(run)
      await inOneProcess(installation, (client) => plan.before(client, installation))
      await inOneProcess(installation, async (client) => {
        lose(plan.route, run)
        await plan.act(client, installation)
        hub.emulator.faults.clear()
        proxy.setFault({ kind: 'none' })
        if (!restarted) await recover(client, installation)
      })
      if (restarted) await inOneProcess(installation, (client) => recover(client, installation))
      tally.runs += 1
      await expectSlots(installation, plan)
    }
  })

  it('is put right by the next process, where the first was killed before it had the answer', {
    timeout: 900_000,
  }, async () => {
    for (let run = 0; run < killedRuns; run += 1) {
      const plan = plans[run % plans.length] ?? unreachable()
      const recover = plan.recoveries[run % plan.recoveries.length] ?? unreachable()
      const installation = newInstallation(run)
      const { key, otherKey, directory, domain } = installation
      await inOneProcess(installation, (client) => plan.before(client, installation))

      const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory, domain, byFetch: true }
      const child = startClient(program(), setup)
      hub.emulator.faults.inject({
        kind: 'respond',
        route: plan.route,
        times: 1,
        respond: async (_request, answer) => {
          // Whether the hub had done its work by then makes no difference to what must follow.
          const processed = run % 4 === 3 ? undefined : await answer()
          await child.kill()
          return processed ?? answer()
        },
      })
      const asked =
        plan.act === deactivate
          ? child.ask({ call: 'deactivate' })
          : child.ask({ call: 'activate', key: plan.act === activateOther ? otherKey : key })
      await expect(asked).rejects.toThrow(ClientGone)

      await inOneProcess(installation, (client) => recover(client, installation))
      tally.killed += 1
      await expectSlots(installation, plan)
    }
  })
})

function newInstallation(run: number): Installation {
  return {
    directory: temporaryDirectory(),
    domain: run % 2 === 0 ? 'mysite.com' : 'auto',
    key: hub.newLicense(),
    otherKey: hub.newLicense(),
  }
}

/** As one process of the product does it: with a client that knows only what is on disk, behind the proxy. */
async function inOneProcess(
  { directory, domain }: Installation,
  work: (client: LicenseClient) => Promise<unknown>,
): Promise<void> {
  const connect = buildConnector({})
  const dispatcher = new Agent({ connect: (target, done) => connect({ ...target, port: String(proxy.port) }, done) })
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain,
    hub: { url: hub.url, trustedKeys: hub.emulator.keys },
    directory,
    dispatcher,
  })
  try {
    await work(client)
  } finally {
    await client.close()
    await dispatcher.destroy()
  }
}

async function expectSlots(installation: Installation, plan: Plan): Promise<void> {
  const slots = [hub.slotsOf(installation.key), hub.slotsOf(installation.otherKey)]
  const [mine = 0, other = 0] = slots
  const off = Math.abs(mine - plan.slots[0]) + Math.abs(other - plan.slots[1])
  tally.slotsOff += off
  const expected = plan.slots.includes(1) ? 'licensed' : 'unlicensed'
  await inOneProcess(installation, async (client) => {
    const { state } = await client.verify({ offline: true })
    if (state !== expected) tally.wrongVerdicts += 1
    expect({ plan: plan.name, slots, state }).toEqual({ plan: plan.name, slots: plan.slots, state: expected })
  })
}

function unreachable(): never {
  throw new Error('There is nothing to try.')
}
