import type {
  ActivateOutcome,
  CheckUpdatesOutcome,
  DeactivateOutcome,
  DownloadComponentOutcome,
  DownloadOutcome,
  InstallComponentOutcome,
  ListComponentsOutcome,
  RemoveComponentOutcome,
  ResetOutcome,
  RollBackComponentOutcome,
  UpdateInfoOutcome,
  Verdict,
} from '../index.js'

/** What the exit codes of every command mean. Stable: scripts rely on them. */
export const exitCodes = {
  done: 0,
  internalError: 1,
  wrongUsage: 2,
  refused: 3,
  grace: 4,
  undecided: 5,
  updateAvailable: 10,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodeHelp = `
Exit codes:
  0   licensed, done, or nothing to do
  1   internal error, or this machine could not do it
  2   wrong usage
  3   refused or unlicensed
  4   grace: works for a limited time
  5   deferred or unknown: the hub did not decide, and nothing usable is on record
  10  an update is available`

const verdictExitCodes: Readonly<Record<Verdict['state'], ExitCode>> = {
  licensed: exitCodes.done,
  grace: exitCodes.grace,
  unlicensed: exitCodes.refused,
  unknown: exitCodes.undecided,
}

/** Where the verdict comes from does not matter: an undecided hub leaves the word of the record. */
export function verdictExitCode({ state }: Verdict): ExitCode {
  return verdictExitCodes[state]
}

export type Outcome = (
  | ActivateOutcome
  | DeactivateOutcome
  | CheckUpdatesOutcome
  | DownloadOutcome
  | ResetOutcome
  | ListComponentsOutcome
  | DownloadComponentOutcome
  | InstallComponentOutcome
  | RollBackComponentOutcome
  | RemoveComponentOutcome
  | UpdateInfoOutcome
)['outcome']

const outcomeExitCodes: Readonly<Record<Outcome, ExitCode>> = {
  activated: exitCodes.done,
  deactivated: exitCodes.done,
  'not-activated': exitCodes.done,
  reset: exitCodes.done,
  failed: exitCodes.internalError,
  current: exitCodes.done,
  listed: exitCodes.done,
  described: exitCodes.done,
  downloaded: exitCodes.done,
  installed: exitCodes.done,
  'rolled-back': exitCodes.done,
  removed: exitCodes.done,
  refused: exitCodes.refused,
  deferred: exitCodes.undecided,
  available: exitCodes.updateAvailable,
}

export function outcomeExitCode(outcome: Outcome): ExitCode {
  return outcomeExitCodes[outcome]
}
