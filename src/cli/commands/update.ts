import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CheckUpdatesOutcome, DownloadOutcome, LicenseClient } from '../../index.js'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { downloadReporter } from '../download-reporter.js'
import { exitCodes, outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { renderDownload } from '../render/download.js'
import type { Terminal } from '../terminal.js'
import { addUpdateInfo } from './update-info.js'

interface UpdateValues extends ClientOptionValues {
  readonly to?: string
}

const notes = `
The file is verified before it appears in the directory. A download that breaks off goes on where it was when the
command is given again.

Example:
  $ flavor-license update download --to ./downloads --product flavor-starter --product-version 1.4.2 --domain mysite.com`

export function addUpdate(program: Command, perform: Perform): void {
  const update = program
    .command('update')
    .summary('describe or download a newer release')
    .description('Works on newer releases.')
  addUpdateInfo(update, perform)
  const command = update
    .command('download')
    .summary('download the newest release')
    .description('Downloads the newest release of the product, where there is one newer than --product-version.')
    .addHelpText('after', notes)
  withTextOption(command, {
    flags: '--to <directory>',
    description: 'where the file is to be; made when it is missing',
  })
  withClientOptions(command).action((values: UpdateValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await downloadNewest(client, directoryOf(values, terminal), terminal)
        return {
          // Whoever wanted the update has it: nothing is left to be done.
          exitCode: outcome.outcome === 'available' ? exitCodes.done : outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderDownload(outcome, now(), colors),
        }
      }),
    ),
  )
}

async function downloadNewest(
  client: LicenseClient,
  directory: string,
  terminal: Terminal,
): Promise<CheckUpdatesOutcome | DownloadOutcome> {
  const found = await client.checkUpdates()
  if (found.outcome !== 'available' || !found.release) return found
  const onProgress = downloadReporter(terminal, found.release.filename)
  return client.downloadUpdate(found.release, { directory, onProgress })
}

function directoryOf({ to }: UpdateValues, { cwd }: Terminal): string {
  if (to !== undefined && to.trim() !== '') return resolve(cwd(), to)
  throw new CommandError('missing-option', 'Name the directory that the file is to be in: --to DIRECTORY.')
}
