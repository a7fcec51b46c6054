import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ReleaseTerms, SignedRelease } from '../../issuing/index.js'
import { CommandError } from '../command-error.js'
import { exitCodes } from '../exit-code.js'
import { readInput } from '../file-input.js'
import { writeOutput } from '../file-output.js'
import { inIssuingRoom } from '../issuing-room.js'
import { required } from '../offline-license-options.js'
import { withFlag, withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { colorsFor } from '../render/colors.js'
import { renderSignedRelease } from '../render/signed-release.js'
import type { Report } from '../report.js'
import { readSigningKey } from '../signing-key-input.js'
import type { Terminal } from '../terminal.js'

interface ReleaseValues {
  readonly keyFile?: string
  readonly hub?: string
  readonly product?: string
  readonly slug?: string
  readonly version?: string
  readonly channel?: string
  readonly requires?: string
  readonly mandatory?: boolean
  readonly changelog?: string
  readonly changelogUrl?: string
  readonly expiresIn?: string
  readonly out?: string
}

const notes = `
Needed: --key-file, --hub, --product and --version. Clients accept the release until --expires-in is over; sign it again
before.

Examples:
  $ flavor-license release sign dist/starter-1.6.0.zip --key-file key.json --hub https://hub.example/api/v1 \\
      --product flavor-starter --version 1.6.0 --out dist/starter-1.6.0.release.json
  $ flavor-license release sign dist/cards-2.3.0.zip --key-file key.json --hub https://hub.example/api/v1 \\
      --product flavor-starter --slug card-payments --version 2.3.0 --requires ">=1.4.0" --expires-in 90d`

export function addRelease(program: Command, perform: Perform): void {
  const release = program.command('release').summary('for sellers: sign a release').description('Works on releases.')
  const command = release
    .command('sign')
    .summary('sign a release')
    .description("Hashes a release's file, signs what clients are to know of it, and prints it as JSON for the hub.")
    .argument('<file>', 'the archive of the release')
    .addHelpText('after', notes)
  withTextOption(command, { flags: '--key-file <file>', description: 'the signing key, as keygen wrote it' })
  withTextOption(command, { flags: '--hub <url>', description: "the hub's base URL, exactly as the product has it" })
  withTextOption(command, { flags: '--product <slug>', description: "the product's slug at the hub" })
  withTextOption(command, { flags: '--slug <slug>', description: 'the component that it is; the product unless given' })
  withTextOption(command, { flags: '--version <version>', description: 'the version of the release' })
  withTextOption(command, { flags: '--channel <channel>', description: 'stable (unless given) or beta' })
  withTextOption(command, {
    flags: '--requires <range>',
    description: 'the versions of the product that it works with, such as ">=1.4.0"; any unless given',
  })
  withFlag(command, { flags: '--mandatory', description: 'ask users not to skip it' })
  withTextOption(command, { flags: '--changelog <file>', description: 'what has changed, in Markdown' })
  withTextOption(command, { flags: '--changelog-url <url>', description: 'where people read what has changed' })
  withTextOption(command, {
    flags: '--expires-in <time>',
    description: 'how long clients accept it, such as 90d or 12h; 30d unless given',
  })
  withTextOption(command, { flags: '--out <file>', description: 'a new file for it; it is printed unless given' })
  withJsonFlag(command)
  command.action((file: string, values: ReleaseValues) =>
    perform((terminal) =>
      inIssuingRoom(async (room) => {
        const key = await readSigningKey(required(values.keyFile, 'key-file'), room, terminal)
        return report(await room.signRelease(key, await readTerms(file, values, terminal)), values.out, terminal)
      }),
    ),
  )
}

async function readTerms(file: string, values: ReleaseValues, terminal: Terminal): Promise<ReleaseTerms> {
  const { slug: component, changelog } = values
  return {
    file: resolve(terminal.cwd(), file),
    hub: required(values.hub, 'hub'),
    product: required(values.product, 'product'),
    version: required(values.version, 'version'),
    // The product may be named a second time by a pipeline that names all that it builds.
    component: component === values.product ? undefined : component,
    channel: values.channel === undefined ? undefined : readChannel(values.channel),
    requires: values.requires,
    mandatory: values.mandatory,
    changelog: changelog === undefined ? undefined : await readInput(changelog, 'The changelog', terminal),
    changelogUrl: values.changelogUrl,
    validity: values.expiresIn === undefined ? undefined : { days: readDays(values.expiresIn) },
  }
}

function readChannel(text: string): 'stable' | 'beta' {
  if (text === 'stable' || text === 'beta') return text
  const sentence = `There is no channel ${JSON.stringify(text)}. The channels are stable and beta.`
  throw new CommandError('invalid-channel', sentence)
}

function readDays(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([dh])$/.exec(text) ?? []
  if (amount !== undefined) return Number(amount) / (unit === 'h' ? 24 : 1)
  throw new CommandError('invalid-validity', `The time ${JSON.stringify(text)} is not valid. Write it like 90d or 12h.`)
}

async function report(signed: SignedRelease, out: string | undefined, terminal: Terminal): Promise<Report> {
  const json = { outcome: 'signed', ...signed }
  const text = JSON.stringify(signed.release, null, 2)
  if (out === undefined) return { exitCode: exitCodes.done, json, text }
  const file = await writeOutput(out, `${text}\n`, terminal)
  const people = renderSignedRelease(signed, file, Date.now(), colorsFor(terminal))
  return { exitCode: exitCodes.done, json: { ...json, file }, text: people }
}
