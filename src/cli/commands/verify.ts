import type { Command } from 'commander'
import type { VerifyOptions } from '../../index.js'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { environmentFlag } from '../environment.js'
import { verdictExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { withFlag } from '../option.js'
import type { Perform } from '../perform.js'
import { renderVerdict } from '../render/verdict.js'
import type { Report } from '../report.js'
import type { Terminal } from '../terminal.js'

interface VerifyValues extends ClientOptionValues {
  readonly offline?: boolean
  readonly fresh?: boolean
}

const examples = `
Examples:
  $ flavor-license verify --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license verify --json --offline`

export function addVerify(program: Command, perform: Perform): void {
  const command = program
    .command('verify')
    .summary('tell whether the product is licensed')
    .description(
      'Tells whether the product is licensed: from the record while it is fresh, else from the hub.\n' +
        'Where the hub does not decide, the verdict and the exit code are those of the record.',
    )
    .addHelpText('after', examples)
  withClientOptions(command)
  withFlag(command, {
    flags: '--offline',
    description: 'ask nothing, answer from the record',
    variable: 'FLAVOR_LICENSE_OFFLINE',
  })
  withFlag(command, {
    flags: '--fresh',
    description: 'ask the hub however fresh the record is',
    variable: 'FLAVOR_LICENSE_FRESH',
  })
  command.action((values: VerifyValues) =>
    perform((terminal) => verify(values, readVerifyOptions(values, terminal.env), terminal)),
  )
}

export function addStatus(program: Command, perform: Perform): void {
  const command = program
    .command('status')
    .summary('tell what is on record: verify --offline')
    .description('Tells what is on record, without asking the hub. The same as verify --offline.')
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) => verify(values, { offline: true }, terminal)),
  )
}

function verify(values: ClientOptionValues, options: VerifyOptions, terminal: Terminal): Promise<Report> {
  return onLicense(values, terminal, async ({ client, colors, now }) => {
    const verdict = await client.verify(options)
    return { exitCode: verdictExitCode(verdict), json: verdict, text: renderVerdict(verdict, now(), colors) }
  })
}

/** One of the two on the line overrules the other in the environment. */
function readVerifyOptions({ offline, fresh }: VerifyValues, env: Terminal['env']): VerifyOptions {
  const onLine = offline || fresh
  const options = onLine
    ? { offline: offline ?? false, fresh: fresh ?? false }
    : { offline: environmentFlag(env, 'FLAVOR_LICENSE_OFFLINE'), fresh: environmentFlag(env, 'FLAVOR_LICENSE_FRESH') }
  if (!(options.offline && options.fresh)) return options
  throw new CommandError('conflicting-option', 'The options --offline and --fresh exclude each other. Give one.')
}
