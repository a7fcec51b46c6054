/** What a caller did wrong. Stable: products may rely on these strings. */
export type MisuseCode =
  | 'invalid-option'
  | 'invalid-product-slug'
  | 'invalid-version'
  | 'invalid-domain'
  | 'invalid-hub-url'
  | 'unknown-route'
  | 'invalid-route'
  | 'invalid-limit'
  | 'invalid-trusted-key'
  | 'directory-is-a-file'
  | 'aborted'
  | 'closed'

// A registered symbol: the ESM and the CJS build in one process have two classes but one brand, where `instanceof`
// would tell them apart.
const brand = Symbol.for('flavor-license.error')

/**
 * The one error that this package throws: the caller misused it, aborted, or used a closed client. What the hub or the
 * network does is never thrown; it is part of the outcome.
 */
export class FlavorLicenseError extends Error {
  override readonly name: string = 'FlavorLicenseError'
  readonly code: MisuseCode

  constructor(code: MisuseCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether `value` is a {@link FlavorLicenseError}, of whichever copy of this package. */
export function isFlavorLicenseError(value: unknown): value is FlavorLicenseError {
  return typeof value === 'object' && value !== null && brand in value
}
