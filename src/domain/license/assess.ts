import { nextCheckTime, runningBackOff } from '../schedule/schedule.js'
import { readClock } from './clock-guard.js'
import { type DomainName, isStagingDomain } from './domain-name.js'
import { maskLicenseKey } from './license-key.js'
import type { Entitlement, LicenseRecord } from './record.js'
import { type Setback, setbackMessage } from './setback.js'
import { staleTime, trustEnd } from './trust-period.js'
import type { GraceReason, UnknownReason, UnlicensedReason, Verdict, VerdictSource } from './verdict.js'
import { verdictMessage } from './verdict-message.js'
import type { VerificationPolicy } from './verification-policy.js'

/** Why there is no record to judge. */
export type RecordProblem = 'not-checked' | 'no-record' | 'record-unreadable'

export interface AssessmentContext {
  /** The machine's clock: one reading for the whole operation. */
  readonly now: number
  /** `auto` until the installation is known that it stands for. */
  readonly domain: DomainName | 'auto'
  readonly policy: VerificationPolicy
  readonly source: VerdictSource
  /** The attempt of this very operation, when the hub did not decide. */
  readonly setback?: Setback
}

/** What the terms of a license amount to at a point in time. */
type Standing =
  | { readonly state: 'licensed' }
  | { readonly state: 'grace'; readonly reason: GraceReason; readonly endsAt: number }
  | { readonly state: 'unlicensed'; readonly reason: UnlicensedReason }

/** Every rule of what a record is worth, once. Pure and total: no record and no time makes it throw. */
export function assess(record: LicenseRecord | RecordProblem, context: AssessmentContext): Verdict {
  const { now, domain, policy, source, setback } = context
  const known = typeof record === 'string' ? null : record
  const heldBack = known ? (setback ?? recentSetback(known, now)) : setback
  const base = {
    source,
    domain,
    staging: isStagingDomain(domain),
    licenseKey: known?.licenseKey ? maskLicenseKey(known.licenseKey) : null,
    ...(heldBack && { lastAttempt: heldBack }),
  }

  if (!known || (known.entitlement === null && known.deactivatedAt === null)) {
    const reason = typeof record === 'string' ? record : record.licenseKey ? 'proof-missing' : 'no-record'
    const nextCheckAt = known ? nextCheckTime(known, false, policy, now) : now
    return { state: 'unknown', reason, ...base, message: unknownMessage(reason, known, heldBack), nextCheckAt }
  }

  const { entitlement } = known
  const unlicensed = (reason: UnlicensedReason): Verdict => ({
    state: 'unlicensed',
    reason,
    ...base,
    expiresAt: entitlement?.expiresAt ?? null,
    verifiedAt: entitlement?.issuedAt ?? null,
    message: verdictMessage.unlicensed[reason],
    nextCheckAt: reason === 'clock' ? now : nextCheckTime(known, false, policy, now),
  })
  if (!entitlement) return unlicensed('deactivated')

  const standing = judgeByClock(known, entitlement, context, heldBack)
  if (standing.state === 'unlicensed') return unlicensed(standing.reason)

  const nextCheckAt = nextCheckTime(known, true, policy, now)
  const terms = {
    tier: entitlement.tier,
    features: entitlement.features,
    expiresAt: entitlement.expiresAt,
    verifiedAt: entitlement.issuedAt,
  }
  if (standing.state === 'licensed') {
    return { state: 'licensed', ...base, ...terms, message: verdictMessage.licensed, nextCheckAt }
  }
  return { ...standing, ...base, ...terms, message: graceMessage(standing.reason), nextCheckAt }
}

/**
 * Only the hub or the end of the license may lock a customer out. Where nothing but the floor does, the clock of the
 * machine is to blame, and is said to be.
 */
function judgeByClock(
  { clock }: LicenseRecord,
  entitlement: Entitlement,
  { now, policy }: AssessmentContext,
  setback: Setback | undefined,
): Standing {
  const { time, behindFloor } = readClock(clock, now)
  const standing = judge(entitlement, time, policy, setback)
  if (standing.state !== 'unlicensed' || !behindFloor) return standing
  const byOwnClock = judge(entitlement, now + clock.offset, policy, setback)
  return byOwnClock.state === 'unlicensed' ? standing : { state: 'unlicensed', reason: 'clock' }
}

function judge(
  entitlement: Entitlement,
  time: number,
  policy: VerificationPolicy,
  setback: Setback | undefined,
): Standing {
  const { status, expiresAt, issuedAt } = entitlement
  if (status === 'revoked') return { state: 'unlicensed', reason: 'revoked' }
  if (status === 'inactive') return { state: 'unlicensed', reason: 'not-activated' }

  const expiry =
    status === 'expired' ? Math.min(expiresAt ?? issuedAt, issuedAt) : (expiresAt ?? Number.POSITIVE_INFINITY)
  const expiryEnd = expiry + policy.expiryGraceMs
  if (time >= expiryEnd) return { state: 'unlicensed', reason: 'expired' }

  const trustedUntil = trustEnd(entitlement, policy)
  if (time >= trustedUntil) return { state: 'unlicensed', reason: 'grace-over' }

  const endsAt = Math.min(trustedUntil, expiryEnd)
  if (time >= expiry) return { state: 'grace', reason: 'expired', endsAt }
  if (time < staleTime(entitlement, policy)) return { state: 'licensed' }
  return { state: 'grace', reason: setback?.reason ?? 'not-asked-yet', endsAt }
}

/** The last attempt on record, as long as it still holds back the next one. */
function recentSetback({ backOff }: LicenseRecord, now: number): Setback | undefined {
  const running = runningBackOff(backOff, now)
  return running && { reason: running.reason, retryAt: running.until }
}

function unknownMessage(reason: UnknownReason, record: LicenseRecord | null, setback: Setback | undefined): string {
  // Whoever has entered a key that the hub did not answer for has no other to enter.
  if (reason !== 'proof-missing' && !record?.pending) return verdictMessage.unknown[reason]
  const advice = setback ? setbackMessage[setback.reason] : verdictMessage.checkAgain
  return `${verdictMessage.unknown['proof-missing']} ${advice}`
}

function graceMessage(reason: GraceReason): string {
  if (reason === 'not-asked-yet' || reason === 'expired') return verdictMessage.grace[reason]
  return `${verdictMessage.grace.undecided} ${setbackMessage[reason]}`
}
