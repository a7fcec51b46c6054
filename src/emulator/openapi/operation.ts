import type { RateLimit } from '../../protocol/routes.js'
import type { EndpointName } from '../http/route-table.js'
import { type RefusalCode, refusalStatus } from '../hub/refusal.js'
import { httpValidationErrorSchema, problemSchema, rateLimitErrorSchema } from './error-schemas.js'
import { referenceTo, type SchemaReference } from './schemas.js'

/** One endpoint in an OpenAPI 3.1 document, as far as this emulator describes one. */
export interface Operation {
  readonly operationId: EndpointName
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: true; readonly content: JsonContent }
  readonly responses: Readonly<Record<string, ResponseDescription>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Readonly<Record<string, unknown>>
}

export interface ResponseDescription {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly schema: { readonly type: 'string' } }>>
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>
}

type JsonContent = { readonly 'application/json': { readonly schema: SchemaReference } }

/** An operation and where it stands. */
export interface PlacedOperation {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

export function json(schema: SchemaReference): JsonContent {
  return { 'application/json': { schema } }
}

export function textParameter(name: string, place: Parameter['in'], required: boolean): Parameter {
  return { name, in: place, required, schema: { type: 'string' } }
}

/** One description per status, naming the codes that come with it. */
export function refusalResponses(codes: readonly RefusalCode[]): Operation['responses'] {
  const statuses = [...new Set(codes.map((code) => refusalStatus[code]))]
  return Object.fromEntries(
    statuses.map((status): [string, ResponseDescription] => {
      const here = codes.filter((code) => refusalStatus[code] === status)
      return [String(status), { description: here.join(', '), content: json(referenceTo(problemSchema)) }]
    }),
  )
}

export function validationResponse(): Operation['responses'] {
  return { 422: { description: 'Validation Error', content: json(referenceTo(httpValidationErrorSchema)) } }
}

export function crashResponse(): Operation['responses'] {
  return { 500: { description: 'Internal Server Error', content: { 'text/plain': {} } } }
}

export function limitResponses(): Operation['responses'] {
  return {
    429: { description: 'Rate limited', content: { ...json(referenceTo(rateLimitErrorSchema)), 'text/html': {} } },
    503: { description: 'Rate limited by a proxy in front', content: { 'text/html': {} } },
  }
}

export function budgetInWords(category: string, { limit, windowMs }: RateLimit): string {
  return `Budget \`${category}\`: ${limit} requests in ${windowMs / 1000} seconds.`
}
