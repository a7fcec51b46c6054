import { Command } from 'commander'
import { addActivate } from './commands/activate.js'
import { addDeactivate } from './commands/deactivate.js'
import { addDoctor } from './commands/doctor.js'
import { addEmulator } from './commands/emulator.js'
import { addIssue } from './commands/issue.js'
import { addKeygen } from './commands/keygen.js'
import { addPanel } from './commands/panel.js'
import { addRequest } from './commands/request.js'
import { addReset } from './commands/reset.js'
import { addUpdates } from './commands/updates.js'
import { addStatus, addVerify } from './commands/verify.js'
import { exitCodeHelp } from './exit-code.js'
import type { Perform } from './perform.js'
import { packageVersion } from './version.js'

const examples = `
Options may stand anywhere on the line. Each option of a license command may come from an environment variable
instead, which its --help names.

Examples:
  $ flavor-license emulator --port 8787
  $ flavor-license activate - --hub http://127.0.0.1:8787/api/v1 --product flavor-starter \\
      --product-version 1.4.2 --domain mysite.com < key.txt
  $ flavor-license verify --json --product flavor-starter --product-version 1.4.2 --domain mysite.com`

/** The command line as a parser. It throws CommanderError in place of ending the process, and prints help alone. */
export function createProgram(perform: Perform, printHelp: (text: string) => void): Command {
  const program = new Command('flavor-license')
    .description('Licenses of a product: activate, verify, update and release them, and run a hub on this machine.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ writeOut: printHelp, writeErr: () => undefined })
    .exitOverride()
    .addHelpText('after', examples)
    // Every command has its own help, and scripts are written from that of one command.
    .addHelpText('afterAll', exitCodeHelp)

  const forLicenses = [
    addActivate,
    addVerify,
    addStatus,
    addDeactivate,
    addUpdates,
    addRequest,
    addReset,
    addPanel,
    addDoctor,
  ]
  const forSellersAndAuthors = [addKeygen, addIssue, addEmulator]
  for (const add of [...forLicenses, ...forSellersAndAuthors]) add(program, perform)
  return program
}

/** The options, of whichever command, whose value is the next word. */
export function optionsWithValue(program: Command): ReadonlySet<string> {
  const options = program.commands.flatMap((command) => command.options)
  return new Set(options.filter((option) => option.required).map((option) => option.long ?? ''))
}
