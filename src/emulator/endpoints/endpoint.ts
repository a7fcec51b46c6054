import type { RateLimit, Route, RouteName } from '../../protocol/routes.js'
import type { ErrorCode } from '../../protocol/wire/error.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import type { Exchange } from '../http/exchange.js'
import type { FileServer } from '../http/file-server.js'
import type { PathParameters } from '../http/route-table.js'
import { applyRules, type FieldRule, type Validated, validate } from '../http/validation.js'
import type { Signer } from '../hub/signer.js'
import type { Store } from '../hub/store.js'

/** What endpoints work on. */
export interface Hub {
  readonly store: Store
  readonly signer: Signer
  readonly files: FileServer
}

export interface Call {
  readonly hub: Hub
  readonly exchange: Exchange
  readonly parameters: PathParameters
}

/** One endpoint of the contract: what it takes, what it answers, how it refuses. The API description comes from here. */
export interface Endpoint {
  readonly summary: string
  readonly request: Schema<unknown>
  /** The schema of a JSON answer, or `file`. */
  readonly response: Schema<unknown> | 'file'
  readonly refusals: readonly ErrorCode[]
  /** Checks a body; what is left to do with it runs only after the rate limit admitted the request. */
  accept(body: unknown): Validated<(call: Call) => Response>
}

export interface EndpointDefinition<Body extends object> extends Omit<Endpoint, 'accept' | 'request'> {
  readonly request: Schema<Body>
  readonly rules: readonly FieldRule[]
  serve(body: Body, call: Call): Response
}

export function endpoint<Body extends object>(definition: EndpointDefinition<Body>): Endpoint {
  const { summary, request, response, refusals, rules, serve } = definition
  return {
    summary,
    request,
    response,
    refusals,
    accept: (body) => {
      const validated = validate(request, body)
      if ('issues' in validated) return validated
      const issues = applyRules(rules, validated.value)
      return issues.length > 0 ? { issues } : { value: (call) => serve(validated.value, call) }
    },
  }
}

/** An endpoint on its path, with the budget that it draws from. */
export interface MountedEndpoint {
  readonly name: RouteName
  /** From the root of the server. */
  readonly path: string
  readonly route: Route
  readonly limit: RateLimit
  readonly endpoint: Endpoint
}
