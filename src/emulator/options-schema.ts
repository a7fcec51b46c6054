import * as v from 'valibot'
import { portalRoutes } from '../protocol/portal-routes.js'
import { machineRoutes, rateLimits } from '../protocol/routes.js'
import type { Schema } from '../protocol/wire/primitives.js'
import { namedFields } from './named-fields.js'
import {
  type DownloadOptions,
  type EmulatorOptions,
  type ListenOptions,
  type RateLimitOptions,
  rateLimitBodies,
  rateLimitStrategies,
} from './options.js'
import { EmulatorOptionsError } from './options-error.js'
import { listForms } from './portal/listing.js'
import { problemOf } from './schema-problem.js'

/** A schema for each field, so that none can be forgotten. */
type Fields<Options> = { readonly [Name in keyof Options]-?: Schema<unknown> }

const text = v.optional(v.string('must be a text'))
const flag = v.optional(v.boolean('must be true or false'))
const program = v.optional(v.function('must be a function'))
const duration = v.optional(notNegative('must be a number of milliseconds'))
const count = v.optional(notNegative('must be a number of requests'))

function notNegative(sentence: string): Schema<number> {
  return v.pipe(v.number(sentence), v.finite(sentence), v.minValue(0, sentence))
}

function oneOf(names: readonly string[]): Schema<unknown> {
  return v.optional(v.picklist(names, `must be one of ${names.join(', ')}`))
}

/** The same schema under each name of a table. */
function forEach(table: object, schema: Schema<unknown>): Schema<unknown> {
  return v.optional(namedFields(Object.fromEntries(Object.keys(table).map((name) => [name, schema]))))
}

function isHttpUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

const route = v.optional(
  v.looseObject({ method: v.string('must be a text'), path: v.string('must be a text') }, 'must be a route, an object'),
)

const optionsSchema = namedFields({
  // Read by parseSeed.
  seed: v.optional(v.unknown()),
  clock: v.optional(v.looseObject({ now: v.function('must be a function') }, 'must be an object with a function now')),
  baseUrl: v.optional(v.custom(isHttpUrl, 'must be a URL such as http://127.0.0.1:8787/api/v1')),
  signing: flag,
  leaseMs: duration,
  rateLimit: v.optional(
    namedFields({
      strategy: oneOf(rateLimitStrategies),
      windowMs: duration,
      limits: forEach(rateLimits, count),
      body: oneOf(rateLimitBodies),
    } satisfies Fields<RateLimitOptions>),
  ),
  errorCodes: flag,
  downloads: v.optional(
    namedFields({
      delivery: oneOf(['body', 'redirect']),
      host: text,
      origin: text,
      lifetimeMs: duration,
    } satisfies Fields<DownloadOptions>),
  ),
  releases: text,
  routes: forEach(machineRoutes, route),
  portalRoutes: forEach(portalRoutes, route),
  portalLists: oneOf(listForms),
  stateFile: text,
  randomSeed: text,
  onArrival: program,
  delay: program,
} satisfies Fields<EmulatorOptions>)

const port = 'must be a whole number from 0 to 65535'

const listenSchema = namedFields({
  port: v.optional(v.pipe(v.number(port), v.integer(port), v.minValue(0, port), v.maxValue(65_535, port))),
  host: text,
} satisfies Fields<ListenOptions>)

/** @throws EmulatorOptionsError when a name is not that of an option, or a value is not what it can be. */
export function requireEmulatorOptions(given: unknown): void {
  requireOptions(optionsSchema, given, 'the emulator')
}

/** @throws EmulatorOptionsError as {@link requireEmulatorOptions} does. */
export function requireListenOptions(given: unknown): void {
  requireOptions(listenSchema, given, 'listen')
}

function requireOptions(schema: Schema<unknown>, given: unknown, owner: string): void {
  const result = v.safeParse(schema, given, { abortEarly: true })
  if (result.success) return
  const problem = problemOf(result.issues[0], owner, 'they')
  throw new EmulatorOptionsError(`The options of ${owner} are not usable: ${problem}.`)
}
