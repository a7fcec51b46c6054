import * as v from 'valibot'
import { activationsSchema } from '../../protocol/wire/license.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import { refusalStatus } from '../hub/refusal.js'

/** What the hub says when it refuses. */
export const problemSchema: Schema<unknown> = v.object({
  detail: v.string(),
  code: v.exactOptional(v.picklist(Object.keys(refusalStatus))),
  activations: v.exactOptional(activationsSchema),
})

/** FastAPI's name for one wrong field, and its shape. */
export const validationErrorSchema: Schema<unknown> = v.object({
  type: v.string(),
  loc: v.array(v.union([v.string(), v.number()])),
  msg: v.string(),
  input: v.unknown(),
  ctx: v.exactOptional(v.record(v.string(), v.unknown())),
})

export const httpValidationErrorSchema: Schema<unknown> = v.object({
  detail: v.array(validationErrorSchema),
  code: v.exactOptional(v.literal('validation_error')),
})

/** The limiter answers before the hub does, in a shape of its own. */
export const rateLimitErrorSchema: Schema<unknown> = v.union([v.object({ error: v.string() }), problemSchema])
