/** A fault that cannot be used. Its message says what is wrong in one sentence. */
export class EmulatorFaultError extends Error {
  override readonly name: string = 'EmulatorFaultError'
  readonly code = 'invalid-fault' as const
}
