import type { RouteName } from '../../protocol/routes.js'
import { errorStatus } from '../../protocol/wire/error.js'
import type { Endpoint, MountedEndpoint } from '../endpoints/endpoint.js'
import { httpValidationErrorSchema, problemSchema, rateLimitErrorSchema } from './error-schemas.js'
import { describedSchemas, referenceTo, type SchemaReference } from './schemas.js'

/** An OpenAPI 3.1 document, as far as this emulator writes one. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

export interface Operation {
  readonly operationId: RouteName
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody: { readonly required: true; readonly content: JsonContent }
  readonly responses: Readonly<Record<string, ResponseDescription>>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'header'
  readonly required: boolean
  readonly schema: { readonly type: 'string' }
}

interface ResponseDescription {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly schema: { readonly type: 'string' } }>>
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>
}

type JsonContent = { readonly 'application/json': { readonly schema: SchemaReference } }

/** Describes what is served, from the very schemas that it is served by. */
export function openApiDocument(endpoints: readonly MountedEndpoint[]): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Flavor Hub (emulator)',
      version: '1',
      description:
        'The machine-facing half of a local Flavor Hub. Its conventions, limits and rules are documented by FlavorTeam; its paths and bodies are an assumption of this project.',
    },
    paths: Object.fromEntries(
      endpoints.map((described) => [
        described.path,
        { [described.route.method.toLowerCase()]: operationOf(described) },
      ]),
    ),
    components: { schemas: describedSchemas() },
  }
}

function operationOf({ name, path, route, limit, endpoint }: MountedEndpoint): Operation {
  const parameters = parametersOf(path, endpoint)
  return {
    operationId: name,
    summary: endpoint.summary,
    description: `Budget \`${route.category}\`: ${limit.limit} requests in ${limit.windowMs / 1000} seconds.`,
    tags: [route.path.split('/')[1] ?? ''],
    ...(parameters.length === 0 ? {} : { parameters }),
    requestBody: { required: true, content: json(referenceTo(endpoint.request)) },
    responses: {
      ...successes(endpoint),
      ...refusals(endpoint),
      422: { description: 'Validation Error', content: json(referenceTo(httpValidationErrorSchema)) },
      429: {
        description: 'Rate limited',
        content: { ...json(referenceTo(rateLimitErrorSchema)), 'text/html': {} },
      },
      500: { description: 'Internal Server Error', content: { 'text/plain': {} } },
      503: { description: 'Rate limited by a proxy in front', content: { 'text/html': {} } },
    },
  }
}

function parametersOf(path: string, endpoint: Endpoint): readonly Parameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => text(name, 'path', true))
  return endpoint.response === 'file'
    ? [...inPath, text('Range', 'header', false), text('If-Range', 'header', false)]
    : inPath
}

function successes({ response }: Endpoint): Operation['responses'] {
  if (response !== 'file') return { 200: { description: 'Successful Response', content: json(referenceTo(response)) } }
  const content = { 'application/octet-stream': {} }
  const headers = headersOf('ETag', 'Accept-Ranges', 'Content-Disposition', 'Last-Modified')
  return {
    200: { description: 'The file', headers, content },
    206: {
      description: 'The part that Range asks for',
      headers: { ...headers, ...headersOf('Content-Range') },
      content,
    },
    302: { description: 'The file is at a short-lived URL on another host', headers: headersOf('Location') },
    416: { description: 'The file has no such part', headers: headersOf('Content-Range') },
  }
}

/** One description per status, naming the codes that come with it. */
function refusals({ refusals: codes }: Endpoint): Operation['responses'] {
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))]
  return Object.fromEntries(
    statuses.map((status): [string, ResponseDescription] => {
      const here = codes.filter((code) => errorStatus[code] === status)
      return [String(status), { description: here.join(', '), content: json(referenceTo(problemSchema)) }]
    }),
  )
}

function json(schema: SchemaReference): JsonContent {
  return { 'application/json': { schema } }
}

function text(name: string, place: Parameter['in'], required: boolean): Parameter {
  return { name, in: place, required, schema: { type: 'string' } }
}

function headersOf(...names: readonly string[]): NonNullable<ResponseDescription['headers']> {
  return Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } as const }]))
}
