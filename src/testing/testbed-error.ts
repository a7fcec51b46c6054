/** What a testbed was asked that it cannot do. Stable: programs may rely on these strings. */
export type TestbedProblem =
  /** There is no option of that name, or its value is not what it can be. */
  | 'invalid-option'
  /** A license has no field of that name, or its value is not what it can be. */
  | 'invalid-grant'
  /** It is not a span of time that can pass. */
  | 'invalid-duration'

/** A mistake of a test, which `code` names and the message says in a sentence. */
export class TestbedError extends RangeError {
  override readonly name: string = 'TestbedError'
  readonly code: TestbedProblem

  constructor(code: TestbedProblem, message: string) {
    super(message)
    this.code = code
  }
}
