import * as v from 'valibot'
import type { Ledger } from '../domain/ledger.js'
import { encodeJson, parseJson } from './json.js'
import type { Schema } from './wire/primitives.js'

const timeSchema = v.pipe(v.number(), v.finite())

const ledgerSchema: Schema<Ledger> = v.object({
  boot: v.string(),
  wallOffset: timeSchema,
  requests: v.array(
    v.object({ id: v.string(), sentAt: timeSchema, answeredAt: v.nullable(timeSchema), endsAt: timeSchema }),
  ),
  penalty: v.nullable(
    v.object({ silentUntil: timeSchema, probed: v.boolean(), limit: timeSchema, cleanSince: timeSchema }),
  ),
})

export function encodeLedger(ledger: Ledger): Uint8Array {
  return encodeJson(ledger)
}

/** `undefined` when this is not a ledger: torn by a power cut, or written by somebody else. */
export function decodeLedger(content: Uint8Array): Ledger | undefined {
  const parsed = v.safeParse(ledgerSchema, parseJson(content))
  return parsed.success ? parsed.output : undefined
}
