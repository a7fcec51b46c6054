/** Options that cannot be used. Its message names the wrong one, or those that there are. */
export class EmulatorOptionsError extends Error {
  override readonly name: string = 'EmulatorOptionsError'
  readonly code = 'invalid-option' as const
}
