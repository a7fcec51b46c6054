import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { HubOptions, LicenseClientOptions } from '../index.js'
import { CommandError } from './command-error.js'
import { environmentText } from './environment.js'
import { withJsonFlag, withRepeatedOption, withTextOption } from './option.js'
import type { Terminal } from './terminal.js'

/** The options of every command that works on a license, as they stand on the line. */
export interface ClientOptionValues {
  readonly hub?: string
  readonly product?: string
  readonly productVersion?: string
  readonly domain?: string
  readonly directory?: string
  readonly trustedKey?: readonly string[]
}

const variables = {
  hub: 'FLAVOR_LICENSE_HUB',
  product: 'FLAVOR_LICENSE_PRODUCT',
  productVersion: 'FLAVOR_LICENSE_PRODUCT_VERSION',
  domain: 'FLAVOR_LICENSE_DOMAIN',
  directory: 'FLAVOR_LICENSE_DIRECTORY',
  trustedKey: 'FLAVOR_LICENSE_TRUSTED_KEY',
} as const

export function withClientOptions(command: Command): Command {
  withTextOption(command, {
    flags: '--product <slug>',
    description: "the product's slug at the hub",
    variable: variables.product,
  })
  withTextOption(command, {
    flags: '--product-version <version>',
    description: 'the version of it that is installed',
    variable: variables.productVersion,
  })
  withTextOption(command, {
    flags: '--domain <domain>',
    description: 'the domain that it runs on, or auto for a product without a site',
    variable: variables.domain,
  })
  withTextOption(command, {
    flags: '--hub <url>',
    description: "the hub's base URL, /api/v1 included; FlavorTeam's unless given",
    variable: variables.hub,
  })
  withRepeatedOption(command, {
    flags: '--trusted-key <kid=base64url>',
    description: 'a public key of the hub, by its id',
    variable: variables.trustedKey,
  })
  withTextOption(command, {
    flags: '--directory <directory>',
    description: "where license records are kept; this user's data directory unless given",
    variable: variables.directory,
  })
  withJsonFlag(command)
  return command
}

/** What stands on the line goes before the environment. */
export function readClientOptions(
  values: ClientOptionValues,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
): LicenseClientOptions {
  const given = (name: Exclude<keyof typeof variables, 'trustedKey'>) =>
    values[name] ?? environmentText(env, variables[name])
  const slug = given('product')
  const version = given('productVersion')
  const domain = given('domain')
  if (slug === undefined || version === undefined || domain === undefined) {
    throw missingOptions({ product: slug, 'product-version': version, domain })
  }
  const directory = given('directory')
  const keys =
    values.trustedKey ??
    environmentText(env, variables.trustedKey)
      ?.split(/[\s,]+/)
      .filter(Boolean)
  return {
    product: { slug, version },
    domain,
    hub: readHub(given('hub'), keys),
    ...(directory !== undefined && { directory: readDirectory(directory, cwd()) }),
  }
}

function missingOptions(options: Readonly<Record<string, string | undefined>>): CommandError {
  const missing = Object.keys(options).filter((name) => options[name] === undefined)
  const list = missing.map((name) => `--${name} (or ${variableOf(name)})`).join(', ')
  return new CommandError('missing-option', `Missing: ${list}.`)
}

function variableOf(option: string): string {
  return `FLAVOR_LICENSE_${option.toUpperCase().replaceAll('-', '_')}`
}

function readHub(url: string | undefined, keys: readonly string[] | undefined): HubOptions {
  return { ...(url !== undefined && { url }), ...(keys && { trustedKeys: readTrustedKeys(keys) }) }
}

function readTrustedKeys(pairs: readonly string[]): Record<string, string> {
  const keys = new Map<string, string>()
  for (const pair of pairs) {
    const [, keyId, key] = /^([^=]+)=(.+)$/.exec(pair) ?? []
    if (keyId === undefined || key === undefined) {
      throw new CommandError('invalid-trusted-key', 'A trusted key is written as its id and its bytes: KID=BASE64URL.')
    }
    // Which of two keys is meant decides whom the product trusts, so that it is not guessed.
    if (keys.has(keyId) && keys.get(keyId) !== key) {
      throw new CommandError('invalid-trusted-key', `Two trusted keys are called ${JSON.stringify(keyId)}. Give one.`)
    }
    keys.set(keyId, key)
  }
  return Object.fromEntries(keys)
}

/** An empty path would resolve to the working directory, which nobody means. */
function readDirectory(directory: string, workingDirectory: string): string {
  if (directory.trim() === '') throw new CommandError('invalid-option', 'The directory is empty. Name a directory.')
  return resolve(workingDirectory, directory)
}
