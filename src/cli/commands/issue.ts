import type { Command } from 'commander'
import type { IssuedOfflineLicense } from '../../issuing/index.js'
import { exitCodes } from '../exit-code.js'
import { writeOutput } from '../file-output.js'
import { inIssuingRoom } from '../issuing-room.js'
import {
  type OfflineLicenseValues,
  readOfflineLicenseTerms,
  required,
  withOfflineLicenseOptions,
} from '../offline-license-options.js'
import { withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { colorsFor } from '../render/colors.js'
import { renderIssuedLicense } from '../render/issued-license.js'
import type { Report } from '../report.js'
import { readSigningKey } from '../signing-key-input.js'
import type { Terminal } from '../terminal.js'

interface IssueValues extends OfflineLicenseValues {
  readonly keyFile?: string
  readonly out?: string
}

const notes = `
Needed: --key-file, --hub, --tier, --request (or --product, --domain and --installation or --any-installation), and
--valid-days or --valid-until. A date is a day, 2027-12-31, which counts in UTC to its end, or 2027-12-31T12:00Z.
A key on the command line is visible to other users of this machine; "--license-key -" reads it from standard input.

Examples:
  $ flavor-license issue --key-file key.json --hub https://hub.example/api/v1 --request request.json \\
      --tier business --feature erp --expires 2027-12-31 --valid-days 365 > license.token
  $ flavor-license issue --key-file key.json --hub https://hub.example/api/v1 --product flavor-starter \\
      --domain mysite.com --installation 1SG6-BQMM-D1VD-V23X-69NR-HZ21-5KEG --tier starter \\
      --valid-until 2027-12-31 --out license.token`

export function addIssue(program: Command, perform: Perform): void {
  const command = program
    .command('issue')
    .summary('for sellers: issue a license file for a machine without a connection')
    .description('Issues a license file for a machine that never sees the hub. Prints it and nothing else.')
    .addHelpText('after', notes)
  withTextOption(command, { flags: '--key-file <file>', description: 'the signing key, as keygen wrote it' })
  withOfflineLicenseOptions(command)
  withTextOption(command, { flags: '--out <file>', description: 'a new file for it; it is printed unless given' })
  withJsonFlag(command)
  command.action((values: IssueValues) =>
    perform((terminal) =>
      inIssuingRoom(async (room) => {
        const key = await readSigningKey(required(values.keyFile, 'key-file'), room, terminal)
        const terms = await readOfflineLicenseTerms(values, room.parseInstallation, terminal)
        return report(room.issueOfflineLicense(key, terms), values.out, terminal)
      }),
    ),
  )
}

async function report(license: IssuedOfflineLicense, out: string | undefined, terminal: Terminal): Promise<Report> {
  const json = { outcome: 'issued', ...license }
  if (out === undefined) return { exitCode: exitCodes.done, json, text: license.token }
  const file = await writeOutput(out, `${license.token}\n`, terminal)
  const text = renderIssuedLicense(license, file, Date.now(), colorsFor(terminal))
  return { exitCode: exitCodes.done, json: { ...json, file }, text }
}
