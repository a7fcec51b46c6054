import { readClock } from '../license/clock-guard.js'
import type { BackOff, Entitlement, LicenseRecord } from '../license/record.js'
import { setbackKind } from '../license/setback.js'
import type { VerificationPolicy } from '../license/verification-policy.js'
import { afterOutage, nextInCycle } from './check-cycle.js'
import { recheckIntervalMs, renewalTime } from './schedule.js'

const hourMs = 60 * 60_000

/** Updates are checked every 12 hours (documented by FlavorTeam). */
const updateIntervalMs = 12 * hourMs

/** How often a license that does not work is checked in the background. A call of `verify()` asks sooner. */
const idleIntervalMs = hourMs

/**
 * The lot of an installation for a purpose: a number in [0, 1), uniform over installations, and the same after every
 * restart, so that a product that is started often does not draw anew each time.
 */
export type DrawLot = (purpose: string | number) => number

/** When the background schedule verifies next, on the machine's clock. What has passed is due. */
export function verificationTime(
  record: LicenseRecord,
  usable: boolean,
  draw: DrawLot,
  policy: VerificationPolicy,
  now: number,
): number {
  if (record.licenseKey === null && record.pending === null) return Number.POSITIVE_INFINITY
  return Math.max(renewalDue(record, usable, draw, policy, now), heldBackUntil(record.backOff, draw, now))
}

/** When the background schedule checks for updates next, on the machine's clock. What has passed is due. */
export function updateCheckTime(record: LicenseRecord, draw: DrawLot, now: number): number {
  if (record.licenseKey === null) return Number.POSITIVE_INFINITY
  const { clock, updatesBackOff, updatesCheckedAt } = record
  const lots = { phase: draw('updates'), variation: draw(updatesCheckedAt ?? 'first') }
  const due =
    updatesCheckedAt === null
      ? now
      : nextInCycle({ periodMs: updateIntervalMs, ...lots }, updatesCheckedAt) - clock.offset
  return Math.max(due, heldBackUntil(updatesBackOff, draw, now))
}

/** Whatever goes wrong, turns are never closer than this. */
const shortestSleepMs = 1_000

/** No timer sleeps longer: a machine that was suspended, or a clock that was set, is noticed soon after. */
const longestSleepMs = 10 * 60_000

/** How long the background schedule sleeps until it looks again whether something is due. */
export function sleepBeforeTurn(dueAt: number, now: number): number {
  return Math.min(Math.max(dueAt - now, shortestSleepMs), longestSleepMs)
}

function renewalDue(
  { clock, entitlement }: LicenseRecord,
  usable: boolean,
  draw: DrawLot,
  policy: VerificationPolicy,
  now: number,
): number {
  const { behindFloor, time } = readClock(clock, now)
  // On a clock that was set back nothing would ever come due. The hub's answer sets it right.
  if (!entitlement || behindFloor) return now
  const lots = { phase: draw('verify'), variation: draw(entitlement.issuedAt) }
  const due = usable
    ? nextInCycle({ periodMs: renewalPeriod(entitlement, policy), ...lots }, entitlement.issuedAt)
    : nextInCycle({ periodMs: idleIntervalMs, ...lots }, unusableSince(entitlement, policy, time))
  return due - clock.offset
}

/** A shorter interval or lease makes a shorter cycle, never a schedule that does nothing but ask. */
function renewalPeriod(entitlement: Entitlement, policy: VerificationPolicy): number {
  return Math.max(renewalTime(entitlement, policy) - entitlement.issuedAt, recheckIntervalMs)
}

/** Licenses may end at one instant for everybody, and must not all be asked about at that instant. */
function unusableSince({ expiresAt, issuedAt }: Entitlement, policy: VerificationPolicy, time: number): number {
  if (expiresAt === null) return issuedAt
  const end = expiresAt + policy.expiryGraceMs
  return end <= time ? Math.max(issuedAt, end) : issuedAt
}

/**
 * A non-answer may be everybody's, so its back-off ends in a wide spread. The back-off counts from when it began,
 * whether or not it still runs: else the spread would be gone as soon as it is over.
 */
function heldBackUntil(backOff: BackOff | null, draw: DrawLot, now: number): number {
  // One from a time that has not come yet would last until a clock that was set back catches up.
  if (!backOff || backOff.attemptedAt > now) return Number.NEGATIVE_INFINITY
  if (setbackKind(backOff.reason) === 'refusal') return backOff.until
  return afterOutage(backOff.until, draw(backOff.attemptedAt))
}
