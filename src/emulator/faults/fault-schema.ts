import * as v from 'valibot'
import { machineRoutes } from '../../protocol/routes.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import type { Fault } from './fault.js'
import { releaseTokenProblems } from './release-fault.js'

/** A fault that can be written down: all but those that are programs. */
export type WrittenFault = Exclude<Fault, { readonly kind: 'respond' }>

/** Where a fault can strike. */
const faultRoutes: readonly string[] = ['*', 'files', ...Object.keys(machineRoutes)]

type FaultRoute = NonNullable<Fault['route']>

function isFaultRoute(value: unknown): value is FaultRoute {
  return faultRoutes.some((route) => route === value)
}

const wholeNumber = 'must be a whole number'
const text = v.string('must be a text')
const count = v.pipe(v.number(wholeNumber), v.safeInteger(wholeNumber), v.minValue(0, wholeNumber))
const atLeastOne = v.pipe(count, v.minValue(1, wholeNumber))
const status = v.pipe(count, v.minValue(200, 'must be a status'), v.maxValue(599, 'must be a status'))
const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()])
const optionalCount = v.exactOptional(count)
const optionalText = v.exactOptional(text)
const optionalStatus = v.exactOptional(status)

const moment = { when: v.exactOptional(v.picklist(['before', 'after'], 'must be before or after')) }
const target = {
  route: v.exactOptional(v.custom<FaultRoute>(isFaultRoute, `must be one of ${faultRoutes.join(', ')}`)),
  after: optionalCount,
  times: v.exactOptional(atLeastOne),
}

/** One schema for each kind of fault, by its fields. */
const kinds = {
  latency: v.strictObject({ kind: v.literal('latency'), ...target, ms: count }),
  silence: v.strictObject({ kind: v.literal('silence'), ...target }),
  drop: v.strictObject({ kind: v.literal('drop'), ...target, ...moment }),
  status: v.strictObject({
    kind: v.literal('status'),
    ...target,
    ...moment,
    status,
    body: optionalText,
    contentType: optionalText,
    headers: v.exactOptional(v.record(text, text)),
  }),
  html: v.strictObject({ kind: v.literal('html'), ...target, ...moment, status: optionalStatus, html: optionalText }),
  redirect: v.strictObject({
    kind: v.literal('redirect'),
    ...target,
    ...moment,
    location: text,
    status: optionalStatus,
  }),
  'truncated-body': v.strictObject({
    kind: v.literal('truncated-body'),
    ...target,
    bytes: optionalCount,
    ending: v.exactOptional(v.picklist(['cut', 'clean'], 'must be cut or clean')),
  }),
  'slow-body': v.strictObject({
    kind: v.literal('slow-body'),
    ...target,
    bytes: v.exactOptional(atLeastOne),
    everyMs: optionalCount,
  }),
  'content-type': v.strictObject({ kind: v.literal('content-type'), ...target, contentType: text }),
  'empty-body': v.strictObject({ kind: v.literal('empty-body'), ...target }),
  'endless-body': v.strictObject({ kind: v.literal('endless-body'), ...target }),
  'gzip-bomb': v.strictObject({ kind: v.literal('gzip-bomb'), ...target, bytes: optionalCount }),
  'huge-header': v.strictObject({ kind: v.literal('huge-header'), ...target, bytes: optionalCount }),
  'short-body': v.strictObject({ kind: v.literal('short-body'), ...target, bytes: optionalCount }),
  'long-body': v.strictObject({ kind: v.literal('long-body'), ...target, bytes: optionalCount }),
  'changed-byte': v.strictObject({ kind: v.literal('changed-byte'), ...target, at: optionalCount }),
  'stalled-body': v.strictObject({ kind: v.literal('stalled-body'), ...target, bytes: optionalCount }),
  'endless-file': v.strictObject({ kind: v.literal('endless-file'), ...target }),
  'content-length': v.strictObject({ kind: v.literal('content-length'), ...target, bytes: count }),
  'content-range': v.strictObject({ kind: v.literal('content-range'), ...target, contentRange: text }),
  'redirect-loop': v.strictObject({ kind: v.literal('redirect-loop'), ...target, status: optionalStatus }),
  'replaced-file': v.strictObject({ kind: v.literal('replaced-file'), ...target }),
  'other-file': v.strictObject({
    kind: v.literal('other-file'),
    ...target,
    product: text,
    component: optionalText,
    version: text,
  }),
  'ignored-if-range': v.strictObject({ kind: v.literal('ignored-if-range'), ...target }),
  'ignored-range': v.strictObject({ kind: v.literal('ignored-range'), ...target }),
  'release-token': v.strictObject({
    kind: v.literal('release-token'),
    ...target,
    problem: v.picklist(releaseTokenProblems, `must be one of ${releaseTokenProblems.join(', ')}`),
  }),
  'release-field': v.strictObject({
    kind: v.literal('release-field'),
    ...target,
    field: text,
    value: v.exactOptional(scalar),
    signed: v.exactOptional(v.boolean('must be true or false')),
  }),
  'duplicate-field': v.strictObject({ kind: v.literal('duplicate-field'), ...target, field: text, value: scalar }),
} satisfies { readonly [Kind in WrittenFault['kind']]: Schema<Extract<WrittenFault, { readonly kind: Kind }>> }

/** What a fault must look like, by its kind. */
export const faultSchemas: Readonly<Record<string, Schema<WrittenFault>>> = kinds
