import type { PortalErrorCode } from '../../protocol/wire/portal/error.js'
import type { MountedPortalEndpoint, PortalEndpoint } from '../portal/endpoint.js'
import type { QueryField } from '../portal/query.js'
import {
  budgetInWords,
  crashResponse,
  json,
  limitResponses,
  type Operation,
  type Parameter,
  type PlacedOperation,
  refusalResponses,
  textParameter,
  validationResponse,
} from './operation.js'
import { referenceTo } from './schemas.js'

/** How a request of the portal proves who asks. */
export const securitySchemes = {
  login: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
} as const

export function portalOperation({ name, path, route, limit, endpoint }: MountedPortalEndpoint): PlacedOperation {
  const parameters = [...pathParameters(path), ...endpoint.query.map(queryParameter)]
  const { request, roles, refusals } = endpoint
  const access: readonly PortalErrorCode[] = roles === null ? [] : ['not_authenticated', 'permission_denied']
  const operation: Operation = {
    operationId: name,
    summary: endpoint.summary,
    description: describedIn(
      roles,
      route.category === null || limit === null ? '' : budgetInWords(route.category, limit),
    ),
    tags: ['portal'],
    ...(roles === null ? {} : { security: route.apiKey ? [{ login: [] }, { apiKey: [] }] : [{ login: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === null ? {} : { requestBody: { required: true, content: json(referenceTo(request)) } }),
    responses: {
      ...success(endpoint),
      ...refusalResponses([...access, ...refusals]),
      ...(request === null && parameters.length === 0 ? {} : validationResponse()),
      ...(limit === null ? {} : limitResponses()),
      ...crashResponse(),
    },
  }
  return { path, method: route.method, operation }
}

function describedIn(roles: PortalEndpoint['roles'], budget: string): string {
  return [roles === null ? 'For anybody.' : `For accounts of type ${roles.join(', ')}.`, budget].join(' ').trim()
}

function success({ status, response }: PortalEndpoint): Operation['responses'] {
  const description = 'Successful Response'
  return { [status]: response === null ? { description } : { description, content: json(referenceTo(response)) } }
}

function pathParameters(path: string): readonly Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    name === 'id'
      ? { name, in: 'path', required: true, schema: { type: 'integer' } }
      : textParameter(name, 'path', true),
  )
}

function queryParameter(field: QueryField): Parameter {
  return { name: field.name, in: 'query', required: false, schema: schemaOf(field) }
}

function schemaOf(field: QueryField): Parameter['schema'] {
  switch (field.kind) {
    case 'text':
      return { type: 'string' }
    case 'choice':
      return { type: 'string', enum: field.choices }
    case 'count':
      return { type: 'integer', minimum: 1, maximum: field.most, default: field.default }
  }
}
