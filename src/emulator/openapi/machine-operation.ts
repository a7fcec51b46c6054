import type { Endpoint, MountedEndpoint } from '../endpoints/endpoint.js'
import {
  budgetInWords,
  crashResponse,
  json,
  limitResponses,
  type Operation,
  type Parameter,
  type PlacedOperation,
  type ResponseDescription,
  refusalResponses,
  textParameter,
  validationResponse,
} from './operation.js'
import { referenceTo } from './schemas.js'

export function machineOperation({ name, path, route, limit, endpoint }: MountedEndpoint): PlacedOperation {
  const parameters = parametersOf(path, endpoint)
  const operation: Operation = {
    operationId: name,
    summary: endpoint.summary,
    description: budgetInWords(route.category, limit),
    tags: [route.path.split('/')[1] ?? ''],
    ...(parameters.length === 0 ? {} : { parameters }),
    requestBody: { required: true, content: json(referenceTo(endpoint.request)) },
    responses: {
      ...successes(endpoint),
      ...refusalResponses(endpoint.refusals),
      ...validationResponse(),
      ...limitResponses(),
      ...crashResponse(),
    },
  }
  return { path, method: route.method, operation }
}

function parametersOf(path: string, endpoint: Endpoint): readonly Parameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => textParameter(name, 'path', true))
  return endpoint.response === 'file'
    ? [...inPath, textParameter('Range', 'header', false), textParameter('If-Range', 'header', false)]
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

function headersOf(...names: readonly string[]): NonNullable<ResponseDescription['headers']> {
  return Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } as const }]))
}
