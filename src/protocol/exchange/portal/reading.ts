import * as v from 'valibot'
import { type Reading, type ReceivedResponse, readJsonResponse } from '../../response.js'
import type { Schema } from '../../wire/primitives.js'
import { type PortalCode, portalErrors } from './errors.js'

export type PortalReading<Answer> = Reading<Answer, PortalCode>

export type PortalReader<Answer> = (response: ReceivedResponse, now: number) => PortalReading<Answer>

/** Reads an answer that is one thing. */
export function readItem<Wire, Item>(schema: Schema<Wire>, toItem: (wire: Wire) => Item): PortalReader<Item> {
  return (response, now) => mapAnswer(readJsonResponse(response, schema, portalErrors, now), toItem)
}

/** Reads the answer to a change: the thing as it is now, or `null` where the hub has nothing to say about it. */
export function readChange<Wire, Item>(schema: Schema<Wire>, toItem: (wire: Wire) => Item): PortalReader<Item | null> {
  return (response, now) => {
    if (response.status === 204) return { kind: 'answer', answer: null }
    const reading = readJsonResponse(response, v.unknown(), portalErrors, now)
    return mapAnswer(reading, (json) => {
      const parsed = v.safeParse(schema, json)
      return parsed.success ? toItem(parsed.output) : null
    })
  }
}

/** Reads the answer to a removal: 204 without a body (documented by FlavorTeam), or 200 with whatever body. */
export const readRemoval: PortalReader<null> = readChange(v.null(), (nothing) => nothing)

function mapAnswer<Wire, Item>(reading: PortalReading<Wire>, toItem: (wire: Wire) => Item): PortalReading<Item> {
  return reading.kind === 'answer' ? { kind: 'answer', answer: toItem(reading.answer) } : reading
}
