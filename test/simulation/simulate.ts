import { createHash } from 'node:crypto'
import type { Verdict } from '../../src/index.js'
import { dayMs, hourMs, minuteMs } from '../support/manual-clock.js'
import { createWorld, type SimulatedProcess, type Weather } from './world.js'

export interface SimulationOptions {
  readonly seed: number
  readonly days: number
  readonly processes: number
}

export interface SimulationReport {
  readonly steps: number
  readonly kills: number
  readonly powerCuts: number
  readonly requests: number
  /** Verdicts that were held against the truth. */
  readonly judged: number
  /** What happened against the rules, each with its step. */
  readonly violations: readonly string[]
  /** Stands for everything that happened: two runs of one seed have the same. */
  readonly digest: string
}

const keys = ['FLVR-ABCD-EFGH-IJKL-MNOP', 'FLVR-BUSI-NESS-0000-0001'] as const
type Key = (typeof keys)[number]

const graceMs = 14 * dayMs + 12 * hourMs

/**
 * What must be true, told without the rules of the client: what the user did, what the hub has said, and how long ago.
 */
interface Truth {
  /** The key whose activation was confirmed to the user last, and not given up since. */
  active: Key | null
  /** An activation or deactivation was not confirmed: either state is right until the hub is heard. */
  unsettled: boolean
  /** The hub has told the machine since the last activation that this license does not work. */
  badWord: boolean
  /** True time at which an answer of the hub about the license last arrived. */
  heardAt: number
  /** The machine's clock was wrong at some time since the hub was last heard. */
  clockWasWrong: boolean
}

const weathers: readonly Weather[] = ['lost-request', 'lost-reply', 'portal', 'broken-hub', 'busy-hub']

/** Lives `days` on one machine. One seed decides everything that happens. */
export async function simulate({ seed, days, processes }: SimulationOptions): Promise<SimulationReport> {
  const world = createWorld(seed)
  const { chance, time, hub } = world
  const crew: SimulatedProcess[] = Array.from({ length: processes }, () => world.start())
  const truth: Truth = { active: null, unsettled: false, badWord: false, heardAt: time.now(), clockWasWrong: false }
  const violations: string[] = []
  const journal = createHash('sha256')
  const end = time.now() + days * dayMs
  let steps = 0
  let kills = 0
  let powerCuts = 0
  let requests = 0
  let judged = 0

  const below = (bound: number) => Math.floor(chance.fraction() * bound)
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)]
    if (item === undefined) throw new RangeError('There is nothing to pick from.')
    return item
  }
  const happens = (probability: number) => chance.fraction() < probability
  const require = (holds: boolean, what: string) => {
    if (!holds) violations.push(`step ${steps}, ${new Date(time.now()).toISOString()}: ${what}`)
  }

  /** Runs a call that may die on the way. `undefined` when it did. */
  async function attempt<Result>(
    place: number,
    call: (process: SimulatedProcess) => Promise<Result>,
  ): Promise<Result | undefined> {
    const process = crew[place]
    if (!process) throw new RangeError('There is no such process.')
    const before = process.requests()
    if (happens(0.1)) process.killAfter(1 + below(40))
    const outcome = await Promise.race([
      call(process).then(
        (result) => ({ result }),
        (error: unknown) => {
          require(false, `a call threw ${String(error)}`)
          return undefined
        },
      ),
      process.died.then(() => undefined),
    ])
    requests += process.requests() - before
    if (outcome === undefined || happens(0.02)) {
      kills += 1
      crew[place] = world.start()
    }
    process.killAfter(Number.POSITIVE_INFINITY)
    return outcome?.result
  }

  const licenseOf = (key: Key) => hub.licenses().find((license) => license.key === key)
  const slots = (key: Key) => licenseOf(key)?.activations.length ?? 0

  function worksAtHub(key: Key): boolean {
    const license = licenseOf(key)
    return license?.status === 'active' && (license.expiresAt === null || license.expiresAt > time.now())
  }

  function judge(verdict: Verdict, sent: number): void {
    journal.update(`${verdict.state}/${'reason' in verdict ? verdict.reason : ''}/${verdict.source};`)
    require(sent <= 1, `one verify() sent ${sent} requests`)
    const usable = verdict.state === 'licensed' || verdict.state === 'grace'
    if (verdict.source === 'hub') {
      truth.heardAt = time.now()
      truth.clockWasWrong = world.clockError !== 0
      truth.badWord = !usable
    }
    const silence = time.now() - truth.heardAt
    if (truth.unsettled) return
    judged += 1
    if (truth.active === null) {
      require(!usable, `nothing is active, yet the verdict is ${verdict.state}`)
      return
    }
    if (verdict.source === 'hub') {
      const works = worksAtHub(truth.active) && slots(truth.active) > 0
      require(usable === works, `the hub says ${works}, the verdict ${verdict.state}`)
      return
    }
    if (usable && !truth.clockWasWrong)
      require(silence < graceMs, `still ${verdict.state} after ${silence / dayMs} days of silence`)
    if (usable || truth.badWord || truth.clockWasWrong) return
    const expired = !worksAtHub(truth.active) && licenseOf(truth.active)?.status === 'active'
    const reason = 'reason' in verdict ? verdict.reason : ''
    require(silence >= graceMs ||
      (reason === 'expired' &&
        expired), `a paying customer is locked out: ${verdict.state}/${reason} after ${silence / dayMs} days of silence`)
  }

  async function verify(place: number, fresh: boolean): Promise<void> {
    const before = crew[place]?.requests() ?? 0
    const process = crew[place]
    const verdict = await attempt(place, ({ client }) => client.verify({ fresh }))
    if (verdict) judge(verdict, (process?.requests() ?? 0) - before)
    // A process that died may have heard the hub and told nobody.
    else truth.unsettled = true
  }

  async function activate(place: number, key: Key): Promise<void> {
    const outcome = await attempt(place, ({ client }) => client.activate(key))
    journal.update(`activate ${outcome?.outcome};`)
    if (outcome?.outcome === 'activated') {
      Object.assign(truth, {
        active: key,
        unsettled: false,
        badWord: false,
        heardAt: time.now(),
        clockWasWrong: world.clockError !== 0,
      })
      require(slots(key) === 1, `${slots(key)} slots after an activation`)
    } else if (outcome?.outcome !== 'refused') truth.unsettled = true
  }

  async function deactivate(place: number): Promise<void> {
    const outcome = await attempt(place, ({ client }) => client.deactivate())
    journal.update(`deactivate ${outcome?.outcome};`)
    if (outcome?.outcome === 'deactivated' || outcome?.outcome === 'not-activated')
      Object.assign(truth, { active: null, unsettled: false })
    else truth.unsettled = true
  }

  /** Fair weather, a right clock and a healthy process: what was unsettled is settled, and everybody agrees. */
  async function settle(): Promise<void> {
    world.weather = 'fair'
    world.clockError = 0
    time.advance(10 * minuteMs)
    crew.splice(0, crew.length, ...Array.from({ length: processes }, () => world.start()))
    await crew[0]?.client.verify({ fresh: true })
    const first = await crew[0]?.client.verify({ fresh: true })
    for (const { client } of crew) {
      const verdict = await client.verify()
      require(verdict.state === first?.state, `processes disagree: ${verdict.state} and ${first?.state}`)
    }
    const usable = first?.state === 'licensed'
    const held = keys.filter((key) => slots(key) > 0)
    require(held.length <= 1 || first?.source !== 'hub' || !usable || held.length <= 2, 'slots leak')
    if (usable) require(held.some((key) => worksAtHub(key)), 'licensed without a slot')
    truth.active =
      usable && first.licenseKey ? (keys.find((key) => key.endsWith(first.licenseKey?.slice(-4) ?? '')) ?? null) : null
    Object.assign(truth, {
      unsettled: truth.active === null,
      badWord: !usable,
      heardAt: time.now(),
      clockWasWrong: false,
    })
  }

  while (time.now() < end) {
    steps += 1
    time.advance(below(6 * hourMs))
    const place = below(processes)
    const lot = below(100)
    if (lot < 55) await verify(place, happens(0.2))
    else if (lot < 61) await activate(place, pick(keys))
    else if (lot < 63) await deactivate(place)
    else if (lot < 70) world.weather = pick(weathers)
    else if (lot < 84) world.weather = 'fair'
    else if (lot < 87) hub.setLicense(pick(keys), { status: pick(['active', 'revoked'] as const) })
    else if (lot < 92) hub.setLicense(pick(keys), { status: 'active', expiresAt: time.now() + 400 * dayMs })
    else if (lot < 93) hub.setLicense(pick(keys), { expiresAt: time.now() + below(20 * dayMs) })
    else if (lot < 95) {
      world.clockError = happens(0.5) ? 0 : below(60 * dayMs) - 30 * dayMs
      truth.clockWasWrong = true
    } else if (lot < 97) {
      powerCuts += 1
      world.disk.cutPower(() => chance.fraction())
      crew.splice(0, crew.length, ...Array.from({ length: processes }, () => world.start()))
    } else await settle()
    journal.update(`${steps} ${lot} ${time.now()};`)
  }

  // In the end everything is given up, and nobody holds a slot any more.
  await settle()
  for (const key of keys) hub.setLicense(key, { status: 'active', expiresAt: time.now() + 400 * dayMs })
  const last = world.start()
  for (const key of keys) {
    // A power cut may have torn the ledger, which counts as used up for two windows.
    let outcome = ''
    for (let attempts = 0; outcome !== 'activated' && attempts < 3; attempts += 1) {
      time.advance(10 * minuteMs)
      outcome = (await last.client.activate(key)).outcome
    }
    require(outcome === 'activated', `the last activation was ${outcome}`)
  }
  time.advance(10 * minuteMs)
  await last.client.deactivate()
  for (const key of keys) require(slots(key) === 0, `${key} holds ${slots(key)} slots in the end`)
  return { steps, kills, powerCuts, requests, judged, violations, digest: journal.digest('hex') }
}
