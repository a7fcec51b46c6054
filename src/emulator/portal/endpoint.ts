import * as v from 'valibot'
import type { PortalRoute, PortalRouteName } from '../../protocol/portal-routes.js'
import type { RateLimit } from '../../protocol/routes.js'
import type { AccountType } from '../../protocol/wire/portal/auth.js'
import type { PortalErrorCode } from '../../protocol/wire/portal/error.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import { applyRules, type EchoingIssue, type FieldRule, type Validated, validate } from '../http/validation.js'
import { HubRefusal } from '../hub/refusal.js'
import type { Store } from '../hub/store.js'
import type { Account } from './accounts.js'
import type { ListForm } from './listing.js'
import { type QueryField, type QueryValues, queryIssues, queryValues } from './query.js'

/** What a request says, before anything is known to be right. */
export interface RawInput {
  /** `undefined` where the endpoint takes none. */
  readonly body: unknown
  readonly query: URLSearchParams
  readonly parameters: Readonly<Record<string, string>>
}

/** What a request says. */
export interface Input<Body> {
  readonly body: Body
  readonly query: QueryValues
  /** `{id}` of the path; 0 in a path without one. */
  readonly id: number
  /** `{domain}` of the path; empty in a path without one. */
  readonly domain: string
}

export interface PortalCall {
  readonly store: Store
  /** Epoch milliseconds. */
  readonly now: number
  readonly lists: ListForm
}

export interface AccountCall extends PortalCall {
  readonly account: Account
}

/** One endpoint of the portal: what it takes, what it answers, how it refuses. The API description comes from here. */
export interface PortalEndpoint {
  readonly summary: string
  /** `null` for one without a body. */
  readonly request: Schema<unknown> | null
  readonly query: readonly QueryField[]
  /** The status of a success, and what it comes with; `null` for nothing. */
  readonly status: 200 | 201 | 204
  readonly response: Schema<unknown> | null
  /** Whose login it takes; `null` for one that anybody may call. */
  readonly roles: readonly AccountType[] | null
  readonly refusals: readonly PortalErrorCode[]
  /** Checks a request; what is left to do with it answers the body of a success. */
  accept(input: RawInput): Validated<(call: PortalCall, account: Account | undefined) => unknown>
}

/** The body of a request that has none. */
export const nothing: Schema<null> = v.null()

interface Definition<Body> extends Omit<PortalEndpoint, 'request' | 'query' | 'roles' | 'accept'> {
  readonly rules?: readonly FieldRule[]
  readonly query?: readonly QueryField[]
  readonly request: Schema<Body>
}

export interface OpenDefinition<Body> extends Definition<Body> {
  serve(input: Input<Body>, call: PortalCall): unknown
}

export interface AccountDefinition<Body> extends Definition<Body> {
  readonly roles: readonly AccountType[]
  serve(input: Input<Body>, call: AccountCall): unknown
}

/** An endpoint that anybody may call. */
export function openEndpoint<Body>(definition: OpenDefinition<Body>): PortalEndpoint {
  return described(definition, null, (input, call) => definition.serve(input, call))
}

/** An endpoint for accounts of certain types. */
export function accountEndpoint<Body>(definition: AccountDefinition<Body>): PortalEndpoint {
  return described(definition, definition.roles, (input, call, account) => {
    if (account === undefined) throw new HubRefusal('not_authenticated')
    return definition.serve(input, { ...call, account })
  })
}

function described<Body>(
  definition: Definition<Body>,
  roles: PortalEndpoint['roles'],
  serve: (input: Input<Body>, call: PortalCall, account: Account | undefined) => unknown,
): PortalEndpoint {
  const { summary, request, query = [], status, response, refusals, rules = [] } = definition
  return {
    summary,
    request: Object.is(request, nothing) ? null : request,
    query,
    status,
    response,
    roles,
    refusals,
    accept: (raw) => {
      const body = accepted(request, rules, raw.body)
      const elsewhere = [...pathIssues(raw.parameters), ...queryIssues(query, raw.query)]
      if ('issues' in body) return { issues: [...elsewhere, ...body.issues] }
      if (elsewhere.length > 0) return { issues: elsewhere }
      const { id = '0', domain = '' } = raw.parameters
      const input = { body: body.value, query: queryValues(query, raw.query), id: Number(id), domain }
      return { value: (call, account) => serve(input, call, account) }
    },
  }
}

function accepted<Body>(request: Schema<Body>, rules: readonly FieldRule[], body: unknown): Validated<Body> {
  if (Object.is(request, nothing)) return { value: v.parse(request, null) }
  const validated = validate(request, body)
  if ('issues' in validated) return validated
  const issues = applyRules(rules, validated.value as object)
  return issues.length > 0 ? { issues } : validated
}

function pathIssues({ id }: RawInput['parameters']): readonly EchoingIssue[] {
  if (id === undefined || /^\d{1,15}$/.test(id)) return []
  const msg = 'Input should be a valid integer, unable to parse string as an integer'
  return [{ type: 'int_parsing', loc: ['path', 'id'], msg, input: id }]
}

/** An endpoint on its path. */
export interface MountedPortalEndpoint {
  readonly name: PortalRouteName
  /** From the root of the server. */
  readonly path: string
  readonly route: PortalRoute
  /** `null` where no limit is documented. */
  readonly limit: RateLimit | null
  readonly endpoint: PortalEndpoint
}
