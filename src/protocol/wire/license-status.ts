/** `active`, `revoked`, `expired` are documented by FlavorTeam; `inactive` (this domain is not activated) is assumed. */
export const licenseStatuses = ['active', 'revoked', 'expired', 'inactive'] as const

export type LicenseStatus = (typeof licenseStatuses)[number]
