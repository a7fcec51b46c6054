import type { Command } from 'commander'
import type { InstallationName, OfflineLicenseTerms } from '../issuing/index.js'
import { CommandError } from './command-error.js'
import { readDate } from './date-input.js'
import { licenseKeyInput } from './license-key-input.js'
import { withFlag, withRepeatedOption, withTextOption } from './option.js'
import { type RequestFile, readRequestFile } from './request-file.js'
import type { Terminal } from './terminal.js'

/** What an offline license shall say, as it stands on the line. */
export interface OfflineLicenseValues {
  readonly request?: string
  readonly hub?: string
  readonly product?: string
  readonly domain?: string
  readonly installation?: string
  readonly anyInstallation?: boolean
  readonly licenseKey?: string
  readonly tier?: string
  readonly feature?: readonly string[]
  readonly expires?: string
  readonly validDays?: string
  readonly validUntil?: string
}

export function withOfflineLicenseOptions(command: Command): void {
  withTextOption(command, {
    flags: '--request <file>',
    description: 'what "request --json" printed on that machine; - reads it from standard input',
  })
  withTextOption(command, { flags: '--hub <url>', description: "the hub's base URL, exactly as the product has it" })
  withTextOption(command, { flags: '--product <slug>', description: 'the product, in place of that of the request' })
  withTextOption(command, { flags: '--domain <domain>', description: 'the domain, in place of that of the request' })
  withTextOption(command, {
    flags: '--installation <id>',
    description: 'the installation, as an id or as it was read out, in place of that of the request',
  })
  withFlag(command, {
    flags: '--any-installation',
    description: 'let the file work on every machine of the domain: a copy of it is another license',
  })
  withTextOption(command, {
    flags: '--license-key <key>',
    description: 'the key that was sold, of which the file holds a digest alone; - reads it from standard input',
  })
  withTextOption(command, { flags: '--tier <tier>', description: 'the tier of the license' })
  withRepeatedOption(command, { flags: '--feature <feature>', description: 'a feature of the license' })
  withTextOption(command, {
    flags: '--expires <date>',
    description: 'the end of the license; a lifetime license unless given',
  })
  withTextOption(command, { flags: '--valid-days <days>', description: 'for how many days the file may be used' })
  withTextOption(command, { flags: '--valid-until <date>', description: 'until when the file may be used' })
}

/** What stands on the line goes before the request. */
export async function readOfflineLicenseTerms(
  values: OfflineLicenseValues,
  parseInstallation: (text: string) => InstallationName,
  terminal: Terminal,
): Promise<OfflineLicenseTerms> {
  requireSense(values)
  const request = values.request === undefined ? undefined : await readRequestFile(values.request, terminal)
  return {
    hub: required(values.hub, 'hub'),
    product: required(values.product ?? request?.product, 'product'),
    domain: required(values.domain ?? request?.domain, 'domain'),
    installation: readInstallation(values, request, parseInstallation),
    licenseKey: values.licenseKey === undefined ? undefined : await licenseKeyInput(values.licenseKey, terminal),
    tier: required(values.tier, 'tier'),
    features: values.feature,
    expiresAt: values.expires === undefined ? null : readDate(values.expires, 'expires'),
    validity: readValidity(values),
  }
}

export function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value
  throw new CommandError('missing-option', `Missing: --${name}.`)
}

function requireSense({ installation, anyInstallation, request, licenseKey }: OfflineLicenseValues): void {
  if (installation !== undefined && anyInstallation) throw conflict('--installation', '--any-installation')
  if (request === '-' && licenseKey === '-') throw conflict('--request -', '--license-key -')
}

function conflict(one: string, other: string): CommandError {
  return new CommandError('conflicting-option', `The options ${one} and ${other} exclude each other. Give one.`)
}

/** A license for every machine is never the result of something forgotten. */
function readInstallation(
  { installation, anyInstallation }: OfflineLicenseValues,
  request: RequestFile | undefined,
  parseInstallation: (text: string) => InstallationName,
): InstallationName {
  if (anyInstallation) return 'any'
  if (installation !== undefined) return parseInstallation(installation)
  if (request) return { id: request.installationId }
  throw new CommandError('missing-option', 'Missing: --request, --installation or --any-installation.')
}

function readValidity({ validDays, validUntil }: OfflineLicenseValues): OfflineLicenseTerms['validity'] {
  if (validDays !== undefined && validUntil !== undefined) throw conflict('--valid-days', '--valid-until')
  if (validUntil !== undefined) return { until: readDate(validUntil, 'valid-until') }
  if (validDays === undefined) throw new CommandError('missing-option', 'Missing: --valid-days or --valid-until.')
  if (/^\d{1,6}$/.test(validDays)) return { days: Number(validDays) }
  throw new CommandError('invalid-validity', `The days ${JSON.stringify(validDays)} are not a whole number.`)
}
