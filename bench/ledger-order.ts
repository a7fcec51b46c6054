/**
 * `ledger update`: one change of the shared ledger. `admission`: a place is taken and its answer noted, two changes.
 * `proper-lockfile`: a lock is taken, a JSON file of the same size read and written, the lock released.
 */
export const ledgerWays = ['proper-lockfile', 'ledger update', 'admission'] as const

export type LedgerWay = (typeof ledgerWays)[number]

export interface LedgerOrder {
  readonly way: LedgerWay
  readonly directory: string
  readonly durationMs: number
}

export interface LedgerReport {
  readonly latenciesMs: readonly number[]
}
