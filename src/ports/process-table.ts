import type { ProcessName, ProcessState } from '../domain/budget/claim.js'

/** The processes that run on this machine. */
export interface ProcessTable {
  self(): ProcessName
  stateOf(name: ProcessName): ProcessState
}
