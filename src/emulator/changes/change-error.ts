/** Why the vendor's staff cannot make a change. Stable: programs may rely on these strings. */
export type ChangeProblem =
  /** No license has that key. */
  | 'unknown-license'
  /** A field of the license is missing, or is not what one can be. */
  | 'invalid-license'
  /** A field of the release is missing, or is not what one can be. */
  | 'invalid-release'
  /** The hub has no such product. */
  | 'unknown-product'
  /** The product has no such component. */
  | 'unknown-component'

/** A change that was not made, for the reason that `code` names and the message says in a sentence. */
export class EmulatorChangeError extends RangeError {
  override readonly name: string = 'EmulatorChangeError'
  readonly code: ChangeProblem

  constructor(code: ChangeProblem, message: string) {
    super(message)
    this.code = code
  }
}
