import { createLicenseClient, type LicenseClient, type LicenseClientOptions } from '../index.js'
import { type ClientOptionValues, readClientOptions } from './client-options.js'
import type { Colors } from './render/colors.js'
import { colorsFor } from './render/colors.js'
import { renderWarning } from './render/warning.js'
import type { Terminal } from './terminal.js'

/** What a command on a license works with. */
export interface LicenseCommandTools {
  readonly client: LicenseClient
  readonly colors: Colors
  /** Epoch milliseconds, for dates relative to the present. */
  now(): number
}

/** Runs `operation` with a client, whose connections are ended before the result is given. */
export async function onLicense<Result>(
  values: ClientOptionValues,
  terminal: Terminal,
  operation: (tools: LicenseCommandTools) => Promise<Result>,
  further: Pick<LicenseClientOptions, 'components'> = {},
): Promise<Result> {
  const client = createLicenseClient({ ...readClientOptions(values, terminal), ...further })
  client.on('warning', (warning) => {
    terminal.stderr.write(`warning: ${renderWarning(warning)}\n`)
  })
  try {
    return await operation({ client, colors: colorsFor(terminal), now: Date.now })
  } finally {
    await client.close()
  }
}
