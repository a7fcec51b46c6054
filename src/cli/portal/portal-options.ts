import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { PortalAuth, PortalClientOptions } from '../../portal/index.js'
import { CommandError } from '../command-error.js'
import { environmentText } from '../environment.js'
import { withJsonFlag, withTextOption } from '../option.js'
import type { Terminal } from '../terminal.js'

/** The options of every portal command, as they stand on the line. Credentials never do: others could read them. */
export interface PortalOptionValues {
  readonly hub?: string
  readonly directory?: string
}

const variables = {
  hub: 'FLAVOR_LICENSE_HUB',
  directory: 'FLAVOR_LICENSE_DIRECTORY',
  email: 'FLAVOR_HUB_EMAIL',
  password: 'FLAVOR_HUB_PASSWORD',
  apiKey: 'FLAVOR_HUB_API_KEY',
} as const

export const credentialsHelp: string = `
Credentials are never written on the line. They come from ${variables.email} and ${variables.password}, or from
${variables.apiKey}, but not from both, else from the login that "portal login" has left in the directory.`

/** What to do where the portal wants a login. */
export const loginAdvice: string =
  `set ${variables.email} and ${variables.password}, without ${variables.apiKey}; ` +
  '"flavor-license portal login" keeps the login for the next commands'

export function withPortalOptions(command: Command): Command {
  withTextOption(command, {
    flags: '--hub <url>',
    description: "the hub's base URL, /api/v1 included; FlavorTeam's unless given",
    variable: variables.hub,
  })
  withTextOption(command, {
    flags: '--directory <directory>',
    description: "where the login is kept; this user's data directory unless given",
    variable: variables.directory,
  })
  withJsonFlag(command)
  return command
}

/** Where this command keeps its files; `undefined`: where they are kept unless somebody chooses. */
export function readPortalDirectory(values: PortalOptionValues, { env, cwd }: Terminal): string | undefined {
  const directory = values.directory ?? environmentText(env, variables.directory)
  if (directory === undefined) return undefined
  if (directory.trim() === '') throw new CommandError('invalid-option', 'The directory is empty. Name a directory.')
  return resolve(cwd(), directory)
}

export function readPortalOptions(values: PortalOptionValues, { env }: Terminal): PortalClientOptions {
  const url = values.hub ?? environmentText(env, variables.hub)
  const auth = readAuth(env)
  return { hub: url === undefined ? {} : { url }, ...(auth && { auth }) }
}

function readAuth(env: Terminal['env']): PortalAuth | undefined {
  const email = environmentText(env, variables.email)
  // Blanks may belong to a password.
  const password = env[variables.password] || undefined
  const apiKey = environmentText(env, variables.apiKey)
  if (apiKey !== undefined && (email !== undefined || password !== undefined)) {
    // Whoever sets both has forgotten one of them, and might act for the wrong account.
    const message = `A login and an API key are set. Unset ${variables.apiKey}, or ${variables.email} and ${variables.password}.`
    throw new CommandError('ambiguous-credentials', message)
  }
  if (email !== undefined && password !== undefined) return { email, password }
  if (email !== undefined || password !== undefined) {
    const missing = email === undefined ? variables.email : variables.password
    throw new CommandError('missing-credentials', `Half of the credentials is missing: set ${missing}, too.`)
  }
  return apiKey === undefined ? undefined : { apiKey }
}
