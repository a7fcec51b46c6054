import { readClock } from '../license/clock-guard.js'
import type { BackOff, Entitlement, LicenseRecord } from '../license/record.js'
import { setbackKind } from '../license/setback.js'
import type { Verdict } from '../license/verdict.js'
import type { VerificationPolicy } from '../license/verification-policy.js'

const minuteMs = 60_000

/** The least time between two questions about a license that has ended or does not work: a renewal must be seen at once. */
export const recheckIntervalMs: number = 5 * minuteMs

/** When the hub is to be asked anew, on the hub's clock: when its word grows stale, after the interval, or half of the lease if that is sooner. */
export function renewalTime(entitlement: Entitlement, policy: VerificationPolicy): number {
  const interval = entitlement.issuedAt + policy.verifyIntervalMs
  if (entitlement.leaseEndsAt === null) return interval
  if (entitlement.basis === 'offline') return entitlement.leaseEndsAt
  return Math.min(interval, entitlement.issuedAt + (entitlement.leaseEndsAt - entitlement.issuedAt) / 2)
}

/** When the background schedule asks next, on the machine's clock. */
export function nextCheckTime(record: LicenseRecord, usable: boolean, policy: VerificationPolicy, now: number): number {
  const { entitlement, backOff, clock } = record
  const heldBackUntil = runningBackOff(backOff, now)?.until ?? Number.NEGATIVE_INFINITY
  if (!entitlement) return Math.max(now, heldBackUntil)
  const due = usable ? renewalTime(entitlement, policy) : entitlement.issuedAt + recheckIntervalMs
  const { time, behindFloor } = readClock(clock, now)
  return Math.max(behindFloor ? now : now + Math.round(due - time), heldBackUntil)
}

/**
 * The back-off that still holds back an attempt. A clock that was set back since the last one ends it, since it would
 * otherwise last until the clock catches up.
 */
export function runningBackOff(backOff: BackOff | null, now: number): BackOff | undefined {
  return backOff && backOff.attemptedAt <= now && now < backOff.until ? backOff : undefined
}

/** Whether a `verify()` that is free to choose asks the hub. */
export function shouldAsk(record: LicenseRecord, verdict: Verdict, now: number): boolean {
  const { backOff, entitlement, clock } = record
  if (record.licenseKey === null && record.pending === null) return false
  // Below the floor time stands still: a word would stay new until the clock has caught up (clock set back).
  const { time: present, behindFloor } = readClock(clock, now)
  if (verdict.state === 'licensed') return behindFloor && !isWaiting(backOff, now)
  if (verdict.state === 'grace' && isWaiting(backOff, now)) return false
  if (verdict.state === 'grace' && verdict.reason !== 'expired') return true
  if (verdict.state === 'unlicensed' && verdict.reason === 'clock') return true

  // A customer who is locked out waits minutes, never hours, until a renewal or the network's return is seen.
  const toldLately = !behindFloor && isLately(entitlement?.issuedAt, present)
  return !toldLately && !isLately(backOff?.attemptedAt, now)
}

function isLately(time: number | undefined, present: number): boolean {
  return time !== undefined && time <= present && present < time + recheckIntervalMs
}

/** A refusal holds back the background schedule only. */
function isWaiting(backOff: BackOff | null, now: number): boolean {
  const running = runningBackOff(backOff, now)
  return running !== undefined && setbackKind(running.reason) === 'non-answer'
}
