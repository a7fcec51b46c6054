import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { environmentText } from '../environment.js'
import { onLicense } from '../license-command.js'
import { wantsJson, withTextOption } from '../option.js'
import { openBrowser } from '../panel/open-browser.js'
import { servePanel } from '../panel/serve-panel.js'
import { createPanelSession } from '../panel/session.js'
import type { Perform } from '../perform.js'
import { listenOn, readPort } from '../port-input.js'
import { untilAskedToStop } from '../stop-signal.js'
import type { Terminal } from '../terminal.js'

interface PanelValues extends ClientOptionValues {
  readonly port?: string
  readonly downloads?: string
  readonly components?: string
  readonly open: boolean
  readonly json?: boolean
}

const componentsVariable = 'FLAVOR_LICENSE_COMPONENTS'

const notes = `
Prints its address when it is ready; with --json, one line {"url", "pid"}. The address works once, for one browser.
SIGTERM and SIGINT stop it.

Examples:
  $ flavor-license panel --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license panel --no-open --port 8080
  $ flavor-license panel --downloads ./downloads --components ./components`

export function addPanel(program: Command, perform: Perform): void {
  const command = program
    .command('panel')
    .summary('manage the license in a browser')
    .description('Serves the activation panel on loopback and opens it in a browser.')
    .addHelpText('after', notes)
  withClientOptions(command)
  withTextOption(command, { flags: '--port <n>', description: 'the port; 0, unless given, picks a free one' })
  withTextOption(command, {
    flags: '--downloads <directory>',
    description: 'where updates are downloaded to; without it, the panel only tells of them',
  })
  withTextOption(command, {
    flags: '--components <directory>',
    description: 'where components are; without it, the panel leaves them alone',
    variable: componentsVariable,
  })
  command.option('--no-open', 'only print the address')
  command.action((values: PanelValues) =>
    perform((terminal) => {
      const downloadDirectory = directoryIn(values.downloads, terminal)
      const directory = directoryIn(values.components ?? environmentText(terminal.env, componentsVariable), terminal)
      const terms = { ...(downloadDirectory && { downloadDirectory }), components: directory !== undefined }
      return onLicense(
        values,
        terminal,
        async ({ client }) => {
          const port = readPort(values.port)
          const stopped = untilAskedToStop()
          const panel = await listenOn(port, () => servePanel(client, createPanelSession(), port, terms))
          const ready = { url: panel.address, pid: process.pid }
          const json = wantsJson(values.json ?? false, terminal.env)
          terminal.stdout.write(
            `${json ? JSON.stringify(ready) : `The panel is ready, for one browser: ${ready.url}`}\n`,
          )
          if (values.open && !(await openBrowser(panel.address))) {
            terminal.stderr.write('No browser could be opened. Open the address by hand.\n')
          }
          await stopped
          await panel.close()
          return null
        },
        directory === undefined ? {} : { components: { directory } },
      )
    }),
  )
}

function directoryIn(given: string | undefined, { cwd }: Terminal): string | undefined {
  if (given?.trim() === '') throw new CommandError('invalid-option', 'The directory is empty. Name a directory.')
  return given === undefined ? undefined : resolve(cwd(), given)
}
