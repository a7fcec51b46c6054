import type {
  Changed,
  Created,
  CreatedAll,
  CreatedInPart,
  Found,
  Gone,
  Listed,
  LoggedIn,
  LoggedOut,
  NotDone,
  Uncertain,
} from '../../portal/index.js'
import { type ExitCode, exitCodes } from '../exit-code.js'

export type PortalOutcome =
  | Listed<unknown>
  | Found<unknown>
  | Created<unknown>
  | CreatedAll<unknown>
  | CreatedInPart<unknown>
  | Changed<'reactivated' | 'revoked', unknown>
  | Gone<'deleted' | 'revoked' | 'deactivated'>
  | LoggedIn
  | LoggedOut
  | NotDone
  | Uncertain

/** What was done in part has the exit code of what stopped it. */
export function portalExitCode(outcome: PortalOutcome): ExitCode {
  switch (outcome.outcome) {
    case 'refused':
      return exitCodes.refused
    case 'deferred':
    case 'uncertain':
      return exitCodes.undecided
    case 'created-in-part':
      return portalExitCode(outcome.stoppedBy)
    default:
      return exitCodes.done
  }
}
