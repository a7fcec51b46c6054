import {
  admissionTime,
  emptyLedger,
  type Ledger,
  penalize,
  reserve,
  settle,
  silenceLength,
} from '../../src/domain/budget/ledger.js'
import { assess } from '../../src/domain/license/assess.js'
import { parseLicenseKey } from '../../src/domain/license/license-key.js'
import { type Entitlement, emptyRecord, type LicenseRecord } from '../../src/domain/license/record.js'
import type { Setback } from '../../src/domain/license/setback.js'
import { noteUpdateCheck, postpone, postponeUpdateCheck, renew } from '../../src/domain/license/transition.js'
import { defaultVerificationPolicy as policy } from '../../src/domain/license/verification-policy.js'
import { sleepBeforeTurn, updateCheckTime, verificationTime } from '../../src/domain/schedule/background-schedule.js'
import { afterOutage } from '../../src/domain/schedule/check-cycle.js'
import { rateLimits } from '../../src/protocol/routes.js'
import { fractionsOf, identityOf, lotOf } from './chance.js'
import { type ClientStart, type FleetClient, roundTripMs, type Strategy } from './fleet-client.js'

const licenseKey = parseLicenseKey('FLVR-ABCD-EFGH-IJKL-MNOP') ?? null
const activations = { used: 1, limit: 3 } as const
const terms = { basis: 'hub', status: 'active', tier: 'pro', features: [], expiresAt: null, leaseEndsAt: null } as const

/** How far the clocks of machines are off, either way. */
const clockErrorMs = 2 * 60_000

/** How long a request may wait for its answer: the default of `requestDeadlineMs`. */
const deadlineMs = 15_000

/** Where the two questions have their request budgets. */
type Question = 'verify' | 'update'

interface Attempt {
  /** What stood against an answer, on the machine's clock. */
  readonly setback: Setback | null
  readonly endedAt: number
}

/** This library: everything that decides when to ask is the code that ships. */
export const ownStrategy: Strategy = { name: 'flavor-license', key: 'own', create: createOwnClient }

function createOwnClient({ hub, seed, client, startsAt, verifiedAt, updatesCheckedAt }: ClientStart): FleetClient {
  const identity = identityOf(seed, client)
  const draw = lotOf(identity)
  const fraction = fractionsOf(identity)
  /** The machine's clock minus the hub's. */
  const skew = Math.round((2 * fraction() - 1) * clockErrorMs)

  let record: LicenseRecord = {
    ...emptyRecord,
    epoch: 1,
    licenseKey,
    activations,
    entitlement: entitlementAt(verifiedAt),
    lastWordAt: verifiedAt,
    updatesCheckedAt,
    clock: { offset: -skew, floor: verifiedAt },
  }
  const machine = emptyLedger({ boot: '', monotonic: startsAt, wall: startsAt + skew })
  const ledgers: Record<Question, Ledger> = { verify: machine, update: machine }
  /** Until when a budget that was used up holds back the scheduler, on the hub's clock. */
  const heldBack: Record<Question, number> = { verify: startsAt, update: startsAt }
  let wakesAt = startsAt
  let attempts = 0
  let verified = false
  let checked = false
  let servedAt: number | null = null
  let lockedOut = false

  /** Asks one question from `time` on, within the limits of the ledger. */
  function ask(question: Question, time: number): Attempt {
    const budget = rateLimits[question]
    const sentAt = admissionTime(ledgers[question], budget, { priority: 'background' }, time)
    if (sentAt > time) {
      heldBack[question] = afterOutage(sentAt, fraction())
      return { setback: { reason: 'over-budget', retryAt: sentAt + skew }, endedAt: time }
    }
    if (servedAt === null) attempts += 1
    const ledger = reserve(ledgers[question], budget, '', sentAt, deadlineMs)
    const reply = hub.ask(sentAt)
    const endedAt = sentAt + roundTripMs(fraction())
    if (reply.kind === 'turned-away') {
      const silenceMs = silenceLength(reply.retryAfterMs, budget, fraction())
      ledgers[question] = penalize(ledger, budget, '', endedAt, silenceMs)
      return { setback: { reason: 'rate-limited', retryAt: endedAt + silenceMs + skew }, endedAt }
    }
    ledgers[question] = settle(ledger, '', endedAt)
    const setback = reply.kind === 'answer' ? null : ({ reason: 'timeout', retryAt: endedAt + skew } as const)
    return { setback, endedAt }
  }

  /** When the next verification and the next update check are due, on the machine's clock. */
  function plan(now: number): { readonly verifyAt: number; readonly updatesAt: number } {
    const { state } = assess(record, { now, domain: 'auto', policy, source: 'record' })
    const usable = state === 'licensed' || state === 'grace'
    lockedOut ||= !usable
    return {
      verifyAt: Math.max(verificationTime(record, usable, draw, policy, now), heldBack.verify + skew),
      updatesAt: usable
        ? Math.max(updateCheckTime(record, draw, now), heldBack.update + skew)
        : Number.POSITIVE_INFINITY,
    }
  }

  /** One turn of the background schedule. */
  function wake(): void {
    let time = wakesAt
    const due = plan(time + skew)
    if (due.verifyAt <= time + skew) {
      const { setback, endedAt } = ask('verify', time)
      time = endedAt
      if (setback === null) {
        const word = { entitlement: entitlementAt(time), activations, token: null, receivedAt: time + skew }
        record = renew(record, record, word)
        verified = true
      } else if (setback.reason !== 'over-budget') {
        record = postpone(record, setback, time + skew, fraction())
      }
    }
    if (due.updatesAt <= time + skew) {
      const { setback, endedAt } = ask('update', time)
      time = endedAt
      if (setback === null) {
        record = noteUpdateCheck(record, time + skew)
        checked = true
      } else if (setback.reason !== 'over-budget') {
        record = postponeUpdateCheck(record, setback, time + skew, fraction())
      }
    }
    if (verified && checked) servedAt ??= time
    wakesAt = time + sleep(time + skew)
  }

  /**
   * Without a back-off the plan follows from the record alone, so that the looks at it in between, which would find
   * nothing to do, need not be simulated.
   */
  function sleep(now: number): number {
    const { verifyAt, updatesAt } = plan(now)
    const dueAt = Math.min(verifyAt, updatesAt)
    const turnMs = sleepBeforeTurn(dueAt, now)
    return record.backOff || record.updatesBackOff ? turnMs : Math.max(dueAt - now, turnMs)
  }

  return {
    get wakesAt() {
      return wakesAt
    },
    get attempts() {
      return attempts
    },
    get servedAt() {
      return servedAt
    },
    get lockedOut() {
      return lockedOut
    },
    wake,
  }
}

function entitlementAt(issuedAt: number): Entitlement {
  return { ...terms, issuedAt }
}
