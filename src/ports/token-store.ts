/**
 * Where the tokens of a login are kept, so that a program does not log in each time that it starts. What is kept is a
 * secret: whoever reads it can act as the account.
 */
export interface TokenStore {
  /** `undefined` when nothing is kept under `name`. */
  load(name: string): Promise<string | undefined>
  /** Puts `tokens` in place of what is kept, whole. */
  save(name: string, tokens: string): Promise<void>
  /** No error when nothing is kept. */
  remove(name: string): Promise<void>
  /**
   * Runs `operation` while other programs that use this store wait for their turn, as far as that is possible. A token
   * that two programs use up at the same time looks stolen to the hub, which then ends the login.
   */
  takeTurn<Result>(name: string, operation: () => Promise<Result>): Promise<Result>
}
