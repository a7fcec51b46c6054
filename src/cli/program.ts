import { Command } from 'commander'
import type { Vocabulary } from './command-first.js'
import { addActivate } from './commands/activate.js'
import { addComponents } from './commands/components.js'
import { addDeactivate } from './commands/deactivate.js'
import { addDoctor } from './commands/doctor.js'
import { addEmulator } from './commands/emulator.js'
import { addIssue } from './commands/issue.js'
import { addKeygen } from './commands/keygen.js'
import { addPanel } from './commands/panel.js'
import { addPortal } from './commands/portal/portal.js'
import { addRelease } from './commands/release.js'
import { addRequest } from './commands/request.js'
import { addReset } from './commands/reset.js'
import { addUpdate } from './commands/update.js'
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
    // A release has a version, too: what stands behind a command is that command's.
    .enablePositionalOptions()
    .addHelpText('after', examples)
    // Every command has its own help, and scripts are written from that of one command.
    .addHelpText('afterAll', exitCodeHelp)

  const forLicenses = [
    addActivate,
    addVerify,
    addStatus,
    addDeactivate,
    addUpdates,
    addUpdate,
    addComponents,
    addRequest,
    addReset,
    addPanel,
    addDoctor,
  ]
  const forSellersAndAuthors = [addKeygen, addIssue, addRelease, addPortal, addEmulator]
  for (const add of [...forLicenses, ...forSellersAndAuthors]) add(program, perform)
  for (const command of program.commands) answerVersion(command)
  return program
}

/** Asked for anywhere on the line, as help is. Not in the help of every command, where it would be in the way. */
function answerVersion(command: Command): void {
  command.version(packageVersion(), '-V, --version')
  command.options.at(-1)?.hideHelp()
}

/** What the line is made of, as {@link commandFirst} has to know it. */
export function vocabularyOf(program: Command): Vocabulary {
  const commands = namedCommands(program)
  const options = commands.flatMap(({ command }) => command.options).filter((option) => option.required)
  return {
    takesValue: new Set(options.map((option) => option.long ?? '')),
    groups: new Set(commands.filter(({ command }) => command.commands.length > 0).map(({ name }) => name)),
  }
}

/** Every command below `parent`, by all words of its name. */
function namedCommands(parent: Command, before = ''): readonly { readonly name: string; readonly command: Command }[] {
  return parent.commands.flatMap((command) => {
    const name = `${before}${command.name()}`
    return [{ name, command }, ...namedCommands(command, `${name} `)]
  })
}
