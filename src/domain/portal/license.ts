/** What the portal says about a license (documented by FlavorTeam). */
export type PortalLicenseStatus = 'active' | 'revoked' | 'expired'

/** How a license was sold (documented by FlavorTeam). `nfr` is not for resale. */
export type PortalLicenseSource = 'individual' | 'bulk_pack' | 'commitment' | 'nfr'

/** A license as the portal sees it: sold by an account, and activated on domains. */
export interface PortalLicense {
  readonly id: number
  /** As the hub sends it, which may be masked in lists. */
  readonly licenseKey: string
  readonly product: { readonly id: number; readonly name: string; readonly slug: string }
  /** As the hub names it; tiers that this version does not know pass through. */
  readonly tier: string
  readonly status: PortalLicenseStatus
  readonly source: PortalLicenseSource
  /** Epoch milliseconds; `null` is a lifetime license. */
  readonly expiresAt: number | null
  readonly activations: readonly { readonly domain: string; readonly activatedAt: number }[]
  /** The client that it was made for; `null` where it is the account's own. */
  readonly customerId: number | null
  readonly createdAt: number
}

/** Which licenses to list. */
export interface LicenseFilter {
  readonly status?: PortalLicenseStatus | undefined
  readonly source?: PortalLicenseSource | undefined
  /** What to look for; where the hub looks is its own choice. */
  readonly search?: string | undefined
}

/** A license to be made. */
export interface LicenseOrder {
  readonly productId: number
  /** @defaultValue `starter` */
  readonly tier?: string | undefined
  /** Epoch milliseconds; `null` is a lifetime license. @defaultValue in one year */
  readonly expiresAt?: number | null | undefined
  /** The client that it is for. @defaultValue the account itself */
  readonly customerId?: number | undefined
}

/** How many licenses an account has. Those that are not for resale (`nfr`) are not counted. */
export interface LicenseUsage {
  readonly totalLicenses: number
  /** -1: unlimited. */
  readonly limit: number
  readonly remaining: number
}

/** Licenses paid in advance. The oldest pack is used first. */
export interface PackCredits {
  readonly totalCredits: number
  readonly packs: readonly LicensePack[]
}

/** A pack of licenses. */
export interface LicensePack {
  readonly packId: number
  readonly packSize: number
  readonly bundle: string | null
  readonly used: number
  readonly remaining: number
  readonly status: string
}
