/** What is wrong with what a vendor asked for. Stable: programs may rely on these strings. */
export type IssuingErrorCode =
  | 'invalid-signing-key'
  | 'invalid-key-id'
  | 'key-file-exists'
  | 'key-file-unwritable'
  | 'key-file-unreadable'
  | 'invalid-key-file'
  | 'invalid-hub-url'
  | 'invalid-product-slug'
  | 'invalid-domain'
  | 'invalid-installation'
  | 'missing-installation'
  | 'misheard-installation'
  | 'invalid-license-key'
  | 'invalid-tier'
  | 'invalid-features'
  | 'invalid-expiry'
  | 'invalid-validity'
  | 'release-file-unreadable'
  | 'invalid-release-file'
  | 'invalid-component-slug'
  | 'invalid-version'
  | 'invalid-channel'
  | 'invalid-requirement'
  | 'invalid-changelog'

// A registered symbol: the ESM and the CJS build in one process have two classes but one brand.
const brand = Symbol.for('flavor-license.issuing-error')

/** Nothing was issued, for the reason that `code` names and `message` says in a sentence. Holds no secret. */
export class IssuingError extends Error {
  override readonly name: string = 'IssuingError'
  readonly code: IssuingErrorCode

  constructor(code: IssuingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether `value` is an {@link IssuingError}, of whichever copy of this package. */
export function isIssuingError(value: unknown): value is IssuingError {
  return typeof value === 'object' && value !== null && brand in value
}

/** What a caller wrote, short enough for a sentence. Not for secrets. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
