/** Tells a process from all others: from those of other machines, and from an earlier one that had the same number. */
export interface ProcessName {
  /** Where `processId` counts: one run of one machine, or of one container. */
  readonly space: string
  readonly processId: number
  /** When it started, as its system puts it; empty where that cannot be told. */
  readonly startedAt: string
}

/** `unknown`: it is a process of another machine or container, where nobody here can look. */
export type ProcessState = 'alive' | 'dead' | 'unknown'

/** The word of a process that it asks a question, so that others wait for what it learns. */
export interface Claim {
  readonly holder: ProcessName
  /** What `endsAt` is a time of: times of two timelines cannot be compared. */
  readonly timeline: string
  /** By when the holder has given up, in milliseconds. A holder that hangs must not keep everybody from asking. */
  readonly endsAt: number
}

/** However long its holder is ready to wait for an answer. */
export const longestClaimMs: number = 5 * 60_000

/**
 * Whether somebody else may ask in the holder's place. A holder that can be seen is believed for as long as it lives,
 * one that cannot be seen for as long as it gives another sign of life.
 */
export function isOver(claim: Claim, holder: ProcessState, { present, isAnybodyThere }: ClaimSituation): boolean {
  return isInTime(claim, present) && holder !== 'unknown' ? holder === 'dead' : !isAnybodyThere
}

export interface ClaimSituation {
  readonly present: Present
  /** Whether some process keeps the lock that whoever asks keeps meanwhile. */
  readonly isAnybodyThere: boolean
}

/** Whether the holder is certainly at work: there is nothing to be learned before it is done. */
export function isAtWork(claim: Claim, holder: ProcessState, present: Present): boolean {
  return isInTime(claim, present) && holder === 'alive'
}

/** A time of a timeline. */
export interface Present {
  readonly timeline: string
  readonly time: number
}

function isInTime({ timeline, endsAt }: Claim, present: Present): boolean {
  const remainingMs = timeline === present.timeline ? endsAt - present.time : 0
  return remainingMs > 0 && remainingMs <= longestClaimMs
}
