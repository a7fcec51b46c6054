import type { Ledger, LedgerRequest, Penalty } from '../domain/budget/ledger.js'
import type { Turn } from '../domain/budget/turn.js'
import { encodeJson, parseJson } from './json.js'
import { isBoolean, isFiniteNumber, isString, listOf, nullable, objectOf } from './shape.js'

const isRequest = objectOf<LedgerRequest>({
  id: isString,
  sentAt: isFiniteNumber,
  answeredAt: nullable(isFiniteNumber),
  endsAt: isFiniteNumber,
})

const isTurn = objectOf<Turn>({
  id: isString,
  at: isFiniteNumber,
})

const isPenalty = objectOf<Penalty>({
  silentUntil: isFiniteNumber,
  probed: isBoolean,
  limit: isFiniteNumber,
  cleanSince: isFiniteNumber,
})

const isLedger = objectOf<Ledger>({
  boot: isString,
  wallOffset: isFiniteNumber,
  requests: listOf(isRequest),
  line: listOf(isTurn),
  penalty: nullable(isPenalty),
  spentUntil: isFiniteNumber,
})

export function encodeLedger(ledger: Ledger): Uint8Array {
  return encodeJson(ledger)
}

/** `undefined` when this is not a ledger: torn by a power cut, or written by somebody else. */
export function decodeLedger(content: Uint8Array): Ledger | undefined {
  const value = parseJson(content)
  return isLedger(value) ? value : undefined
}
