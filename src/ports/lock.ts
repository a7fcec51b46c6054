/**
 * Keeps the processes of this machine from doing the same work at once. An optimization: whoever uses it must be
 * right without it, since locks are lost, left behind, and impossible on some file systems.
 */
export interface Lock {
  /**
   * Runs `operation` holding the lock `name`, or without it when it cannot be had: at once where there can be no lock,
   * after `patienceMs` where somebody else keeps it.
   */
  hold<Result>(name: string, patienceMs: number, operation: (lock: LockState) => Promise<Result>): Promise<Result>
}

/** `contended`: somebody else holds it. `unavailable`: there can be no lock here. */
export type LockState = 'held' | 'contended' | 'unavailable'
