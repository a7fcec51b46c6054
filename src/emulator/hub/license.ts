import type { WireActivations } from '../../protocol/wire/license.js'
import type { LicenseStatus } from '../../protocol/wire/license-status.js'
import { isStagingDomain } from './host-name.js'
import { HubRefusal } from './refusal.js'
import { domainLimit } from './tier.js'

/** How a license was sold (documented by FlavorTeam). `nfr` is not for resale. */
export type LicenseSource = 'individual' | 'bulk_pack' | 'commitment' | 'nfr'

/** A license's use of one domain. */
export interface Activation {
  readonly domain: string
  /** The installation that activated last; `null` where the request named none. */
  readonly installationId: string | null
  /** Epoch milliseconds. */
  readonly activatedAt: number
}

/** A license as the hub keeps it. */
export interface License {
  /** What the portal calls it by. */
  readonly id: number
  readonly key: string
  /** The product's slug. */
  readonly product: string
  readonly tier: string
  /** `expired` is not stored: it follows from `expiresAt`. */
  readonly status: 'active' | 'revoked'
  readonly source: LicenseSource
  /** Epoch milliseconds; `null` is a lifetime license. */
  readonly expiresAt: number | null
  readonly features: readonly string[]
  /** Domains that it may be activated on, -1 for unlimited; `null` is what its tier grants. */
  readonly activationLimit: number | null
  readonly activations: readonly Activation[]
  /** The portal account that it belongs to; `null` for one that is in nobody's portal. */
  readonly ownerId: number | null
  /** The owner's client that it was made for. */
  readonly clientId: number | null
  /** Epoch milliseconds. */
  readonly createdAt: number
}

export function activationOn(license: License, domain: string): Activation | undefined {
  return license.activations.find((activation) => activation.domain === domain)
}

export function licenseStatus(license: License, domain: string, now: number): LicenseStatus {
  if (license.status === 'revoked') return 'revoked'
  if (isExpired(license, now)) return 'expired'
  return activationOn(license, domain) === undefined ? 'inactive' : 'active'
}

export function activationCount(license: License): WireActivations {
  return {
    used: license.activations.filter(({ domain }) => !isStagingDomain(domain)).length,
    limit: license.activationLimit ?? domainLimit(license.tier),
  }
}

/** Takes a slot. A domain that has one keeps it, whichever installation asks: one domain never takes two. */
export function activate(license: License, domain: string, installationId: string | null, now: number): License {
  requireInForce(license, now)
  const present = activationOn(license, domain)
  if (present !== undefined) {
    if (installationId === null || installationId === present.installationId) return license
    return withActivations(license, [...others(license, domain), { ...present, installationId }])
  }
  const activations = activationCount(license)
  const { used, limit } = activations
  if (!isStagingDomain(domain) && limit >= 0 && used >= limit) {
    throw new HubRefusal('activation_limit_reached', activations)
  }
  return withActivations(license, [...license.activations, { domain, installationId, activatedAt: now }])
}

/** Frees the domain's slot, also of a license that is no longer in force. */
export function deactivate(license: License, domain: string): License {
  return activationOn(license, domain) === undefined ? license : withActivations(license, others(license, domain))
}

/** Updates need a license that is active and not expired on an activated domain (documented by FlavorTeam). */
export function requireUpdatesFor(license: License, domain: string, now: number): void {
  requireInForce(license, now)
  if (activationOn(license, domain) === undefined) throw new HubRefusal('domain_not_activated')
}

function requireInForce(license: License, now: number): void {
  if (license.status === 'revoked') throw new HubRefusal('license_revoked')
  if (isExpired(license, now)) throw new HubRefusal('license_expired')
}

export function isExpired(license: License, now: number): boolean {
  return license.expiresAt !== null && license.expiresAt <= now
}

function others(license: License, domain: string): readonly Activation[] {
  return license.activations.filter((activation) => activation.domain !== domain)
}

function withActivations(license: License, activations: readonly Activation[]): License {
  return { ...license, activations }
}
