/** A customer of a reseller or an agency. */
export interface PortalClientAccount {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly company: string | null
  readonly licenseCount: number
}

/** A client to be made. */
export interface ClientOrder {
  /** Unique at the hub. */
  readonly email: string
  readonly name: string
  readonly company?: string | null | undefined
}
