import type { Command } from 'commander'
import type { Arrival, Emulator, EmulatorOptions } from '../../emulator/index.js'
import { CommandError } from '../command-error.js'
import {
  type EmulatorOptionValues,
  type EmulatorRoom,
  readEmulatorOptions,
  readFaults,
  withEmulatorOptions,
} from '../emulator-options.js'
import { withFlag, withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { listenOn, readPort } from '../port-input.js'
import { untilAskedToStop } from '../stop-signal.js'
import { isSystemError, reasonOf } from '../system-error.js'

interface EmulatorValues extends EmulatorOptionValues {
  readonly port?: string
  readonly host?: string
  readonly verbose?: boolean
}

const notes = `
Prints one line of JSON when it is ready, {"url", "keys", "pid", "accounts"}: "url" is what --hub takes, "keys" what
--trusted-key takes, "accounts" who may log in to the portal, one of each type. SIGTERM and SIGINT stop it.

Examples:
  $ flavor-license emulator --port 8787
  $ flavor-license emulator --port 8787 --releases dist --fault truncated-body@updateDownload,times=1
  $ flavor-license emulator --port 0 --seed hub.json --state hub-state.json --strategy moving-window --window 5`

export function addEmulator(program: Command, perform: Perform): void {
  const command = program
    .command('emulator')
    .summary('run a hub on this machine, for tests and rehearsals')
    .description('Runs a hub on this machine, for tests and rehearsals. It speaks HTTP on loopback.')
    .addHelpText('after', notes)
  withTextOption(command, { flags: '--port <n>', description: 'the port; 0, unless given, picks a free one' })
  withTextOption(command, {
    flags: '--host <address>',
    description: 'the address to listen on; 127.0.0.1 unless given',
  })
  withEmulatorOptions(command)
  withFlag(command, { flags: '--verbose', description: 'log each request on standard error' })
  withJsonFlag(command)
  command.action((values: EmulatorValues) =>
    perform(async ({ stdout, stderr }) => {
      const port = readPort(values.port)
      const room = await import('../../emulator/index.js')
      const faults = readFaults(room, values.fault)
      const emulator = createEmulator(room, {
        ...(await readEmulatorOptions(room, values)),
        onArrival: values.verbose ? (arrival) => stderr.write(`${logLine(arrival)}\n`) : undefined,
      })
      for (const fault of faults) emulator.faults.inject(fault)
      const stopped = untilAskedToStop()
      const listening = await listenOn(port, () => emulator.listen({ port, host: values.host }))
      const { keys, accounts } = emulator
      stdout.write(`${JSON.stringify({ url: listening.url, keys, pid: process.pid, accounts })}\n`)
      await stopped
      await listening.close()
      return null
    }),
  )
}

/** Releases and a state file are read, and the latter is written for the first time, when the emulator is made. */
function createEmulator(room: EmulatorRoom, options: EmulatorOptions): Emulator {
  try {
    return room.createEmulator(options)
  } catch (error) {
    if (error instanceof room.EmulatorStateError || error instanceof room.EmulatorReleasesError)
      throw new CommandError(error.code, error.message)
    if (isSystemError(error) && options.stateFile !== undefined) {
      throw new CommandError('invalid-state', `The state file ${options.stateFile} cannot be used: ${reasonOf(error)}.`)
    }
    throw error
  }
}

/** A license key is never in it in clear. */
function logLine({ at, method, path, status, remoteAddress, licenseKey }: Arrival): string {
  return [new Date(at).toISOString(), remoteAddress, method, path, status ?? 'dropped', licenseKey ?? '-'].join(' ')
}
