import type { Entitlement } from './record.js'
import type { VerificationPolicy } from './verification-policy.js'

/** When the word of the hub grows stale: it still counts, but is to be asked for anew. */
export function staleTime({ basis, issuedAt, leaseEndsAt }: Entitlement, policy: VerificationPolicy): number {
  // What the vendor issued for a machine without a hub is good until its own end: nobody will ever ask again.
  if (basis === 'offline') return leaseEndsAt ?? Number.POSITIVE_INFINITY
  return issuedAt + policy.verifyIntervalMs
}

/** When the word of the hub counts no more: at the end of the grace period, and never after its lease. */
export function trustEnd(entitlement: Entitlement, policy: VerificationPolicy): number {
  const leaseEnd = entitlement.leaseEndsAt ?? Number.POSITIVE_INFINITY
  return Math.min(staleTime(entitlement, policy) + policy.gracePeriodMs, leaseEnd)
}
