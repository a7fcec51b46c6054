import { FlavorLicenseError } from '../domain/errors.js'
import { packageVersion } from '../package-version.js'
import { type PortalRouteTable, portalRoutes } from '../protocol/portal-routes.js'
import { type Category, type RateLimit, rateLimits } from '../protocol/routes.js'
import { apiKeyPattern } from '../protocol/wire/portal/api-key.js'
import {
  readDuration,
  readHubUrl,
  readLimits,
  readRoutes,
  requireDirectory,
  requireGroups,
  requireSharedStore,
  requireTransport,
} from '../read-options.js'
import type { PortalClientOptions } from './options.js'

export type { PortalRouteName } from '../protocol/portal-routes.js'

/** `portal` stands for the endpoints for which no limit is documented. */
export type PortalCategory = Category | 'portal'

export type Credentials =
  | { readonly kind: 'password'; readonly email: string; readonly password: string }
  | { readonly kind: 'refresh-token'; readonly refreshToken: string }
  | { readonly kind: 'api-key'; readonly apiKey: string }
  | { readonly kind: 'stored' }

/** The options of a portal client, validated and complete. */
export interface PortalSettings {
  readonly hub: string
  readonly routes: PortalRouteTable
  readonly limits: Readonly<Record<PortalCategory, RateLimit>>
  readonly credentials: Credentials
  readonly requestDeadlineMs: number
  readonly userAgent: string
}

/**
 * A hub may well have a limit that FlavorTeam does not document. Far above what a person needs; a program that has gone
 * wild stays below it, and the silence after "too many requests" is kept here as everywhere.
 */
const ownRestraint: RateLimit = { limit: 100, windowMs: 60_000 }

/** @throws FlavorLicenseError with one sentence for the first mistake found. No sentence quotes a secret. */
export function readPortalSettings(options: PortalClientOptions): PortalSettings {
  requireGroups({ 'the options': options })
  const { hub = {} } = options
  requireGroups({ hub })
  requireDirectory(options.directory)
  requireTransport(options)
  requireSharedStore(options)
  return {
    hub: readHubUrl(hub.url),
    routes: readRoutes(portalRoutes, hub.routes),
    limits: readLimits({ ...rateLimits, portal: ownRestraint }, hub.limits),
    credentials: readCredentials(options.auth),
    requestDeadlineMs: readDuration('requestDeadlineMs', options.requestDeadlineMs, 15_000),
    userAgent: `flavor-license/${packageVersion} (portal)`,
  }
}

function readCredentials(auth: unknown): Credentials {
  if (auth === undefined) return { kind: 'stored' }
  if (typeof auth !== 'object') throw misuse('The value of auth must be an object.')
  const { email, password, refreshToken, apiKey, ...rest }: Readonly<Record<string, unknown>> = { ...auth }
  const given = [apiKey, refreshToken, email ?? password].filter((value) => value !== undefined)
  if (given.length !== 1 || Object.keys(rest).length > 0) {
    throw misuse('Give as auth either an email and a password, or a refreshToken, or an apiKey.')
  }
  if (apiKey !== undefined) {
    if (typeof apiKey === 'string' && apiKeyPattern.test(apiKey)) return { kind: 'api-key', apiKey }
    throw misuse('The API key is not valid. It is fh_live_ and 40 digits, 0 to 9 and a to f; copy it again.')
  }
  if (refreshToken !== undefined) {
    if (isSecret(refreshToken)) return { kind: 'refresh-token', refreshToken }
    throw misuse('The refresh token is not valid: it must be text that is not empty.')
  }
  if (!isSecret(email) || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw misuse('The e-mail address is not valid. Write it like shop@example.com.')
  }
  if (!isSecret(password)) throw misuse('The password is not valid: it must be text that is not empty.')
  return { kind: 'password', email, password }
}

function isSecret(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 4_096
}

function misuse(message: string): FlavorLicenseError {
  return new FlavorLicenseError('invalid-option', message)
}
