/**
 * Keeps the processes of this machine from doing the same work at once. An optimization: whoever uses it must be
 * right without it, since locks are lost, left behind, and impossible on some file systems.
 */
export interface Lock {
  /** Runs `operation` holding the lock `name`; without it, when it cannot be had within `patienceMs`. */
  hold<Result>(name: string, patienceMs: number, operation: () => Promise<Result>): Promise<Result>
}
