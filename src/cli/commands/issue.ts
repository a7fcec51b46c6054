import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { OfflineLicenseTerms } from '../../issuing/index.js'
import { CommandError } from '../command-error.js'
import { exitCodes } from '../exit-code.js'
import { licenseKeyInput } from '../license-key-input.js'
import { withFlag, withJsonFlag, withRepeatedOption, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import type { Terminal } from '../terminal.js'

interface IssueValues {
  readonly keyFile?: string
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

const examples = `
Examples:
  $ flavor-license issue --key-file key.json --hub https://hub.example.com/api/v1 --request request.json \\
      --tier business --feature erp --expires 2027-12-31 --valid-days 365 > license.token
  $ flavor-license activate --token license.token --trusted-key KID=BASE64URL ...`

export function addIssue(program: Command, perform: Perform): void {
  const command = program
    .command('issue')
    .summary('for sellers: issue a license file for a machine without a connection')
    .description('Issues a license file for a machine that never sees the hub, and prints it.')
    .addHelpText('after', examples)
  withTextOption(command, { flags: '--key-file <file>', description: 'the signing key, as keygen wrote it' })
  withTextOption(command, { flags: '--request <file>', description: 'what "request --json" printed on that machine' })
  withTextOption(command, { flags: '--hub <url>', description: "the hub's base URL as the product has it" })
  withTextOption(command, { flags: '--product <slug>', description: 'the product, unless the request names it' })
  withTextOption(command, { flags: '--domain <domain>', description: 'the domain, unless the request names it' })
  withTextOption(command, {
    flags: '--installation <id>',
    description: 'the installation, as an id or as it was read out, unless the request names it',
  })
  withFlag(command, { flags: '--any-installation', description: 'let the file work on any machine' })
  withTextOption(command, {
    flags: '--license-key <key>',
    description: 'the key that was sold, of which the file holds a digest alone; - reads it from standard input',
  })
  withTextOption(command, { flags: '--tier <tier>', description: 'the tier of the license' })
  withRepeatedOption(command, { flags: '--feature <feature>', description: 'a feature of the license' })
  withTextOption(command, { flags: '--expires <date>', description: 'the end of the license; none is a lifetime one' })
  withTextOption(command, { flags: '--valid-days <days>', description: 'for how many days the file may be used' })
  withTextOption(command, { flags: '--valid-until <date>', description: 'until when the file may be used' })
  withJsonFlag(command)
  command.action((values: IssueValues) =>
    perform(async (terminal) => {
      const { issueOfflineLicense, readSigningKeyFile } = await import('../../issuing/index.js')
      const { key, exposed } = await readSigningKeyFile(resolve(terminal.cwd(), required(values.keyFile, 'key-file')))
      if (exposed)
        terminal.stderr.write('warning: Other users of this machine can read the signing key. Run chmod 600.\n')
      const license = issueOfflineLicense(key, await readTerms(values, terminal))
      return { exitCode: exitCodes.done, json: { outcome: 'issued', ...license }, text: license.token }
    }),
  )
}

async function readTerms(values: IssueValues, terminal: Terminal): Promise<OfflineLicenseTerms> {
  const request = values.request === undefined ? {} : await readRequest(resolve(terminal.cwd(), values.request))
  const { parseInstallation } = await import('../../issuing/index.js')
  const installation = values.installation ?? request.installationId
  if (values.anyInstallation && values.installation !== undefined) {
    throw new CommandError(
      'conflicting-option',
      'The options --installation and --any-installation exclude each other.',
    )
  }
  return {
    hub: required(values.hub, 'hub'),
    product: required(values.product ?? request.product, 'product'),
    domain: required(values.domain ?? request.domain, 'domain'),
    installation: values.anyInstallation ? 'any' : parseInstallation(required(installation, 'installation')),
    licenseKey: values.licenseKey === undefined ? undefined : await licenseKeyInput(values.licenseKey, terminal),
    tier: required(values.tier, 'tier'),
    features: values.feature,
    expiresAt: values.expires === undefined ? null : readDate(values.expires, 'expires'),
    validity: readValidity(values),
  }
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value
  throw new CommandError('missing-option', `Missing: --${name}.`)
}

function readDate(text: string, name: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(time)) return time
  throw new CommandError('invalid-date', `The date of --${name} is not valid. Write it like 2027-12-31.`)
}

function readValidity({ validDays, validUntil }: IssueValues): OfflineLicenseTerms['validity'] {
  if (validDays !== undefined && validUntil === undefined) return { days: Number(validDays) }
  if (validUntil !== undefined && validDays === undefined) return { until: readDate(validUntil, 'valid-until') }
  throw new CommandError(
    'missing-option',
    'Say how long the file may be used: --valid-days or --valid-until, one of them.',
  )
}

type RequestFile = Partial<Readonly<Record<'product' | 'domain' | 'installationId', string>>>

async function readRequest(path: string): Promise<RequestFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommandError('unreadable-file', `The request file ${path} cannot be read.`)
  })
  try {
    const value: unknown = JSON.parse(text)
    const fields = ['product', 'domain', 'installationId'] as const
    if (typeof value !== 'object' || value === null) throw new TypeError('not an object')
    const entries = Object.entries(value).filter(
      ([name, field]) => fields.some((known) => known === name) && typeof field === 'string',
    )
    return Object.fromEntries(entries)
  } catch {
    throw new CommandError('invalid-request', `${path} does not hold what "request --json" prints.`)
  }
}
