import type { ActivateOutcome, DeactivateOutcome, Verdict } from 'flavor-license'

/** What the page may do with the license. It never sees the key again: a verdict shows it masked. */
export interface LicenseApi {
  status(): Promise<Verdict>
  activate(licenseKey: string): Promise<ActivateOutcome>
  deactivate(): Promise<DeactivateOutcome>
}

/** Each call of the page has a channel of its own. */
export type LicenseChannel = `license:${keyof LicenseApi}`
