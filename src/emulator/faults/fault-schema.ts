import * as v from 'valibot'
import { portalRoutes } from '../../protocol/portal-routes.js'
import { machineRoutes } from '../../protocol/routes.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import { namedFields } from '../named-fields.js'
import type { Fault } from './fault.js'
import { releaseTokenProblems } from './release-fault.js'

/** A fault that can be written down: all but those that are programs. */
export type WrittenFault = Exclude<Fault, ProgramFault>

/** Where a fault can strike. */
const faultRoutes: readonly string[] = ['*', 'files', ...Object.keys({ ...machineRoutes, ...portalRoutes })]

type ProgramFault = Extract<Fault, { readonly kind: 'respond' }>

type SchemaOfEach<Any extends Fault> = { readonly [Kind in Any['kind']]: Schema<Extract<Any, { readonly kind: Kind }>> }

/** What faults must look like, by their kinds. */
export type FaultSchemas<Any extends Fault> = Readonly<Record<string, Schema<Any>>>

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
const optionalCount = v.optional(count)
const optionalText = v.optional(text)
const optionalStatus = v.optional(status)

const moment = { when: v.optional(v.picklist(['before', 'after'], 'must be before or after')) }
const target = {
  route: v.optional(v.custom<FaultRoute>(isFaultRoute, `must be one of ${faultRoutes.join(', ')}`)),
  after: optionalCount,
  times: v.optional(atLeastOne),
}

/** One schema for each kind of fault, by its fields. */
const writtenKinds = {
  latency: namedFields({ kind: v.literal('latency'), ...target, ms: count }),
  silence: namedFields({ kind: v.literal('silence'), ...target }),
  drop: namedFields({ kind: v.literal('drop'), ...target, ...moment }),
  status: namedFields({
    kind: v.literal('status'),
    ...target,
    ...moment,
    status,
    body: optionalText,
    contentType: optionalText,
    headers: v.optional(v.record(text, text)),
  }),
  html: namedFields({ kind: v.literal('html'), ...target, ...moment, status: optionalStatus, html: optionalText }),
  redirect: namedFields({
    kind: v.literal('redirect'),
    ...target,
    ...moment,
    location: text,
    status: optionalStatus,
  }),
  'truncated-body': namedFields({
    kind: v.literal('truncated-body'),
    ...target,
    bytes: optionalCount,
    ending: v.optional(v.picklist(['cut', 'clean'], 'must be cut or clean')),
  }),
  'slow-body': namedFields({
    kind: v.literal('slow-body'),
    ...target,
    bytes: v.optional(atLeastOne),
    everyMs: optionalCount,
  }),
  'content-type': namedFields({ kind: v.literal('content-type'), ...target, contentType: text }),
  'empty-body': namedFields({ kind: v.literal('empty-body'), ...target }),
  'endless-body': namedFields({ kind: v.literal('endless-body'), ...target }),
  'gzip-bomb': namedFields({ kind: v.literal('gzip-bomb'), ...target, bytes: optionalCount }),
  'huge-header': namedFields({ kind: v.literal('huge-header'), ...target, bytes: optionalCount }),
  'short-body': namedFields({ kind: v.literal('short-body'), ...target, bytes: optionalCount }),
  'long-body': namedFields({ kind: v.literal('long-body'), ...target, bytes: optionalCount }),
  'changed-byte': namedFields({ kind: v.literal('changed-byte'), ...target, at: optionalCount }),
  'stalled-body': namedFields({ kind: v.literal('stalled-body'), ...target, bytes: optionalCount }),
  'endless-file': namedFields({ kind: v.literal('endless-file'), ...target }),
  'content-length': namedFields({ kind: v.literal('content-length'), ...target, bytes: count }),
  'content-range': namedFields({ kind: v.literal('content-range'), ...target, contentRange: text }),
  'redirect-loop': namedFields({ kind: v.literal('redirect-loop'), ...target, status: optionalStatus }),
  'replaced-file': namedFields({ kind: v.literal('replaced-file'), ...target }),
  'other-file': namedFields({
    kind: v.literal('other-file'),
    ...target,
    product: text,
    component: optionalText,
    version: text,
  }),
  'ignored-if-range': namedFields({ kind: v.literal('ignored-if-range'), ...target }),
  'ignored-range': namedFields({ kind: v.literal('ignored-range'), ...target }),
  'release-token': namedFields({
    kind: v.literal('release-token'),
    ...target,
    problem: v.picklist(releaseTokenProblems, `must be one of ${releaseTokenProblems.join(', ')}`),
  }),
  'release-field': namedFields({
    kind: v.literal('release-field'),
    ...target,
    field: text,
    value: v.optional(scalar),
    signed: v.optional(v.boolean('must be true or false')),
  }),
  'duplicate-field': namedFields({ kind: v.literal('duplicate-field'), ...target, field: text, value: scalar }),
} satisfies SchemaOfEach<WrittenFault>

const kinds = {
  ...writtenKinds,
  respond: namedFields({
    kind: v.literal('respond'),
    ...target,
    respond: v.custom<ProgramFault['respond']>((value) => typeof value === 'function', 'must be a function'),
  }),
} satisfies SchemaOfEach<Fault>

/** What can be written down. */
export const writtenFaultSchemas: FaultSchemas<WrittenFault> = writtenKinds

/** What a program can inject. */
export const faultSchemas: FaultSchemas<Fault> = kinds
