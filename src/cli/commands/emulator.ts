import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Arrival, Emulator, EmulatorOptions, RateLimitStrategy, Seed } from '../../emulator/index.js'
import { CommandError } from '../command-error.js'
import { withFlag, withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { listenOn, readPort } from '../port-input.js'
import { untilAskedToStop } from '../stop-signal.js'
import { isSystemError, reasonOf } from '../system-error.js'

interface EmulatorValues {
  readonly port?: string
  readonly host?: string
  readonly seed?: string
  readonly state?: string
  readonly strategy?: string
  readonly window?: string
  readonly sign: boolean
  readonly verbose?: boolean
}

/** Loaded by the one command that needs it: a hub is large, and a verification has to start fast. */
type EmulatorRoom = typeof import('../../emulator/index.js')

const notes = `
Prints one line of JSON when it is ready, {"url", "keys", "pid"}: "url" is what --hub takes, "keys" what --trusted-key
takes. SIGTERM and SIGINT stop it.

Examples:
  $ flavor-license emulator --port 8787
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
  withTextOption(command, { flags: '--seed <file>', description: 'what the hub knows; a built-in shop unless given' })
  withTextOption(command, { flags: '--state <file>', description: 'keeps the state across restarts' })
  withTextOption(command, {
    flags: '--strategy <name>',
    description:
      'how requests are counted: fixed-window (unless given), moving-window, sliding-window-counter, ' +
      'elastic-expiry, off',
  })
  withTextOption(command, {
    flags: '--window <seconds>',
    description: 'the time that limits are counted in; 60 unless given',
  })
  command.option('--no-sign', 'answer without signatures')
  withFlag(command, { flags: '--verbose', description: 'log each request on standard error' })
  withJsonFlag(command)
  command.action((values: EmulatorValues) =>
    perform(async ({ stdout, stderr }) => {
      const port = readPort(values.port)
      const room = await import('../../emulator/index.js')
      const emulator = createEmulator(room, {
        ...(await readEmulatorOptions(room, values)),
        onArrival: values.verbose ? (arrival) => stderr.write(`${logLine(arrival)}\n`) : undefined,
      })
      const stopped = untilAskedToStop()
      const listening = await listenOn(port, () => emulator.listen({ port, host: values.host }))
      stdout.write(`${JSON.stringify({ url: listening.url, keys: emulator.keys, pid: process.pid })}\n`)
      await stopped
      await listening.close()
      return null
    }),
  )
}

async function readEmulatorOptions(room: EmulatorRoom, values: EmulatorValues): Promise<EmulatorOptions> {
  const rateLimit = { strategy: readStrategy(room, values.strategy), windowMs: readWindow(values.window) }
  return {
    seed: values.seed === undefined ? undefined : await readSeed(room, values.seed),
    signing: values.sign,
    rateLimit,
    stateFile: values.state,
  }
}

function readWindow(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (seconds > 0 && seconds <= 86_400) return seconds * 1_000
  throw new CommandError('invalid-window', `The window ${JSON.stringify(text)} is not a number of seconds up to 86400.`)
}

function readStrategy({ rateLimitStrategies }: EmulatorRoom, text: string | undefined): RateLimitStrategy | undefined {
  if (text === undefined) return undefined
  const strategy = rateLimitStrategies.find((name) => name === text)
  if (strategy) return strategy
  const known = rateLimitStrategies.join(', ')
  throw new CommandError(
    'invalid-strategy',
    `There is no strategy ${JSON.stringify(text)}. The strategies are: ${known}.`,
  )
}

async function readSeed({ EmulatorSeedError, parseSeed }: EmulatorRoom, file: string): Promise<Seed> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError('invalid-seed', `The seed file ${file} cannot be read: ${reasonOf(error)}.`)
  })
  try {
    return parseSeed(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError('invalid-seed', `The seed file ${file} is not JSON.`)
    if (error instanceof EmulatorSeedError) throw new CommandError(error.code, error.message)
    throw error
  }
}

/** A state file is read, and written for the first time, when the emulator is made. */
function createEmulator(room: EmulatorRoom, options: EmulatorOptions): Emulator {
  try {
    return room.createEmulator(options)
  } catch (error) {
    if (error instanceof room.EmulatorStateError) throw new CommandError(error.code, error.message)
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
