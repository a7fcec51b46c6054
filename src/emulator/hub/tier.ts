/** Domains that a license of a tier may be activated on (documented by FlavorTeam); -1 is unlimited. */
const domainLimits: Readonly<Record<string, number>> = { free: -1, starter: 1, business: 3, agency: 25 }

/** From the least to the most. A tier that is not here is entitled to what needs `free` or that very tier. */
const order: readonly string[] = ['free', 'starter', 'business', 'agency']

/** What the emulator grants a tier that nobody has documented. */
const limitOfUnknownTier = 1

export function domainLimit(tier: string): number {
  return domainLimits[tier] ?? limitOfUnknownTier
}

export function tierIncludes(tier: string, requiredTier: string): boolean {
  if (tier === requiredTier) return true
  const required = order.indexOf(requiredTier)
  return required >= 0 && required <= Math.max(0, order.indexOf(tier))
}
