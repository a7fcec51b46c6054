const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** How long the hub's word is good for. */
export interface VerificationPolicy {
  readonly verifyIntervalMs: number
  readonly gracePeriodMs: number
  readonly expiryGraceMs: number
}

/** Products verify themselves every 12 hours (documented by FlavorTeam); the grace period is ours. */
export const defaultVerificationPolicy: VerificationPolicy = {
  verifyIntervalMs: 12 * hourMs,
  gracePeriodMs: 14 * dayMs,
  expiryGraceMs: 0,
}
