import { assess } from '../../src/domain/assess.js'
import { updateCheckTime, verificationTime } from '../../src/domain/background-schedule.js'
import { parseLicenseKey } from '../../src/domain/license-key.js'
import { type Entitlement, emptyRecord, type LicenseRecord } from '../../src/domain/record.js'
import type { Setback } from '../../src/domain/setback.js'
import { noteUpdateCheck, postpone, postponeUpdateCheck, renew } from '../../src/domain/transition.js'
import { defaultVerificationPolicy as policy } from '../../src/domain/verification-policy.js'
import { fractionsOf, identityOf, lotOf } from './chance.js'
import { type ClientStart, type FleetClient, roundTripMs, type Strategy } from './fleet-client.js'
import type { Outage } from './hub.js'

const licenseKey = parseLicenseKey('FLVR-ABCD-EFGH-IJKL-MNOP') ?? null
const activations = { used: 1, limit: 3 } as const
const terms = { basis: 'hub', status: 'active', tier: 'pro', features: [], expiresAt: null, leaseEndsAt: null } as const

/** How far the clocks of machines are off, either way. */
const clockErrorMs = 2 * 60_000

/** How the scheduler of the engine looks at its plan. */
const turns = { shortestSleepMs: 1_000, longestSleepMs: 10 * 60_000 } as const

/** A machine is silent for a minute at least, and for up to five seconds more by chance. */
const silence = { leastMs: 60_000, jitterMs: 5_000 } as const

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
  /** The ledger of the machine, as far as one license uses it: each kind of request has a budget of its own. */
  const silentUntil = { verify: Number.NEGATIVE_INFINITY, update: Number.NEGATIVE_INFINITY }
  let wakesAt = startsAt
  let attempts = 0
  let verified = false
  let checked = false
  let servedAt: number | null = null
  let lockedOut = false

  /** Sends a request at `time`; tells what stood against an answer. */
  function ask(kind: keyof typeof silentUntil, time: number): Setback | null {
    if (time < silentUntil[kind]) return { reason: 'over-budget', retryAt: silentUntil[kind] + skew }
    if (servedAt === null) attempts += 1
    if (hub.ask(time)) return null
    if (!hub.outage?.announced) return { reason: 'connection-refused', retryAt: time + skew }
    silentUntil[kind] = silenceEnd(hub.outage, time, fraction())
    return { reason: 'hub-failed', retryAt: silentUntil[kind] + skew }
  }

  /** When the next verification and the next update check are due, on the machine's clock. */
  function plan(now: number): { readonly verifyAt: number; readonly updatesAt: number } {
    const { state } = assess(record, { now, domain: 'auto', policy, source: 'record' })
    const usable = state === 'licensed' || state === 'grace'
    lockedOut ||= !usable
    return {
      verifyAt: verificationTime(record, usable, draw, policy, now),
      updatesAt: usable ? updateCheckTime(record, draw, now) : Number.POSITIVE_INFINITY,
    }
  }

  /** One turn of the background schedule. */
  function wake(): void {
    let time = wakesAt
    const due = plan(time + skew)
    if (due.verifyAt <= time + skew) {
      const sentAt = time
      time += roundTripMs(fraction())
      const setback = ask('verify', sentAt)
      if (setback === null) {
        const word = { entitlement: entitlementAt(sentAt), activations, token: null, receivedAt: time + skew }
        record = renew(record, record, word)
        verified = true
      } else if (setback.reason !== 'over-budget') {
        record = postpone(record, setback, time + skew, fraction())
      }
    }
    if (due.updatesAt <= time + skew) {
      const setback = ask('update', time)
      time += roundTripMs(fraction())
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
    const untilDue = Math.max(Math.min(verifyAt, updatesAt) - now, turns.shortestSleepMs)
    return record.backOff || record.updatesBackOff ? Math.min(untilDue, turns.longestSleepMs) : untilDue
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

function silenceEnd({ to }: Outage, time: number, fraction: number): number {
  return time + Math.max(to - time, silence.leastMs) + Math.ceil(fraction * silence.jitterMs)
}
