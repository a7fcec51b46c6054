import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { onLicense } from '../license-command.js'
import { withTextOption } from '../option.js'
import { openBrowser } from '../panel/open-browser.js'
import { servePanel } from '../panel/serve-panel.js'
import { createPanelSession } from '../panel/session.js'
import type { Perform } from '../perform.js'
import { listenOn, readPort } from '../port-input.js'
import { untilAskedToStop } from '../stop-signal.js'

interface PanelValues extends ClientOptionValues {
  readonly port?: string
  readonly open: boolean
}

const notes = `
Prints one line of JSON when it is ready, {"url", "pid"}. The address works once, for one browser. SIGTERM and SIGINT
stop it.

Examples:
  $ flavor-license panel --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license panel --no-open --port 8080`

export function addPanel(program: Command, perform: Perform): void {
  const command = program
    .command('panel')
    .summary('manage the license in a browser')
    .description('Serves the activation panel on loopback and opens it in a browser.')
    .addHelpText('after', notes)
  withClientOptions(command)
  withTextOption(command, { flags: '--port <n>', description: 'the port; 0, unless given, picks a free one' })
  command.option('--no-open', 'only print the address')
  command.action((values: PanelValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client }) => {
        const port = readPort(values.port)
        const stopped = untilAskedToStop()
        const panel = await listenOn(port, () => servePanel(client, createPanelSession(), port))
        terminal.stdout.write(`${JSON.stringify({ url: panel.address, pid: process.pid })}\n`)
        if (values.open && !(await openBrowser(panel.address))) {
          terminal.stderr.write('No browser could be opened. Open the address by hand.\n')
        }
        await stopped
        await panel.close()
        return null
      }),
    ),
  )
}
