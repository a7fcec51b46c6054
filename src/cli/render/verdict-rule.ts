import type { Explanation, GraceReason, UnknownReason, UnlicensedReason } from '../../index.js'

/** The rule that gave a verdict, for support. */
export function renderRule({ verdict, record }: Explanation): string {
  switch (verdict.state) {
    case 'licensed':
      return record?.basis === 'offline'
        ? 'a license file of the seller vouches for it, and has not ended'
        : 'the hub has vouched for it, and its word is still fresh'
    case 'grace':
      return graceRule(verdict.reason)
    case 'unlicensed':
      return verdict.reason === 'grace-over' ? graceOverRule(record) : unlicensedRules[verdict.reason]
    case 'unknown':
      return unknownRules[verdict.reason]
  }
}

function graceRule(reason: GraceReason): string {
  if (reason === 'expired') return 'the license has ended, and the product grants some time after that'
  const stale = "the hub's last word is stale"
  if (reason === 'not-asked-yet') return `${stale}, and it has not been asked since`
  return `${stale}, and it did not decide when it was asked (${reason})`
}

/** Of the end of the grace period and the end of what was signed, the sooner one counts. */
function graceOverRule(record: Explanation['record']): string {
  const lease = record?.leaseEndsAt ?? null
  if (lease === null || record?.trustEndsAt !== lease) return 'the hub has not vouched for it for a whole grace period'
  return record.basis === 'offline' ? 'the license file has ended' : 'the token of the hub has ended'
}

const unlicensedRules: Readonly<Record<Exclude<UnlicensedReason, 'grace-over'>, string>> = {
  'not-activated': 'the hub says that this domain is not activated',
  expired: 'the end of the license has passed, or the hub says so',
  revoked: 'the hub says that the license is revoked',
  deactivated: 'it was deactivated on this machine',
  clock: 'judged by the latest time that has certainly passed, since the clock runs behind it',
}

const unknownRules: Readonly<Record<UnknownReason, string>> = {
  'not-checked': 'nothing has been looked at yet',
  'no-record': 'there is no record of a license here',
  'record-unreadable': 'there is a record, but it is damaged or may not be read',
  'proof-missing': "the record lacks the hub's signature that this product asks for",
}
