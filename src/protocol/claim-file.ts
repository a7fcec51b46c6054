import type { Claim, ProcessName } from '../domain/budget/claim.js'
import { encodeJson, parseJson } from './json.js'
import { isFiniteNumber, isString, objectOf } from './shape.js'

const isProcessName = objectOf<ProcessName>({ space: isString, processId: isFiniteNumber, startedAt: isString })

const isClaim = objectOf<Claim>({ holder: isProcessName, timeline: isString, endsAt: isFiniteNumber })

/** @param claim - `null` when nobody asks any more. */
export function encodeClaim(claim: Claim | null): Uint8Array {
  return encodeJson(claim)
}

/** `null` when nobody claims anything, or this is torn or no claim at all: it would only keep others waiting. */
export function decodeClaim(content: Uint8Array): Claim | null {
  const value = parseJson(content)
  return isClaim(value) ? value : null
}
