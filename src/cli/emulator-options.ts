import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { EmulatorOptions, Fault, RateLimitStrategy, Seed } from '../emulator/index.js'
import { CommandError } from './command-error.js'
import { inIssuingRoom } from './issuing-room.js'
import { withRepeatedOption, withTextOption } from './option.js'
import { reasonOf } from './system-error.js'

/** The options of the emulator, as they stand on the line. */
export interface EmulatorOptionValues {
  readonly seed?: string
  readonly state?: string
  readonly keyFile?: string
  readonly releases?: string
  readonly downloads?: string
  readonly fault?: readonly string[]
  readonly strategy?: string
  readonly window?: string
  readonly sign: boolean
}

/** Loaded by the one command that needs it: a hub is large, and a verification has to start fast. */
export type EmulatorRoom = typeof import('../emulator/index.js')

export function withEmulatorOptions(command: Command): void {
  withTextOption(command, { flags: '--seed <file>', description: 'what the hub knows; a built-in shop unless given' })
  withTextOption(command, {
    flags: '--key-file <file>',
    description: "the key that signs, as keygen wrote it, in place of the seed's",
  })
  withTextOption(command, { flags: '--state <file>', description: 'keeps the state across restarts' })
  withTextOption(command, {
    flags: '--releases <directory>',
    description: 'archives to offer, each with a manifest that "release sign" writes',
  })
  withTextOption(command, {
    flags: '--downloads <delivery>',
    description: 'body (unless given), or redirect: to a URL on another port that works for a minute',
  })
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
  withRepeatedOption(command, {
    flags: '--fault <fault>',
    description: 'what goes wrong, such as short-body@updateDownload,times=1',
  })
  command.option('--no-sign', 'answer without signatures')
}

export async function readEmulatorOptions(room: EmulatorRoom, values: EmulatorOptionValues): Promise<EmulatorOptions> {
  return {
    seed: await readSeed(room, values),
    signing: values.sign,
    rateLimit: { strategy: readStrategy(room, values.strategy), windowMs: readWindow(values.window) },
    stateFile: values.state,
    releases: values.releases,
    downloads: { delivery: readDelivery(values.downloads) },
  }
}

export function readFaults({ EmulatorFaultError, parseFault }: EmulatorRoom, texts: readonly string[] = []): Fault[] {
  try {
    return texts.map(parseFault)
  } catch (error) {
    if (error instanceof EmulatorFaultError) throw new CommandError(error.code, error.message)
    throw error
  }
}

function readDelivery(text: string | undefined): 'body' | 'redirect' | undefined {
  if (text === undefined || text === 'body' || text === 'redirect') return text
  throw new CommandError('invalid-downloads', `Downloads are a body or a redirect, not ${JSON.stringify(text)}.`)
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

async function readSeed(room: EmulatorRoom, { seed: file, keyFile }: EmulatorOptionValues): Promise<Seed> {
  const seed = file === undefined ? room.defaultSeed() : await readSeedFile(room, file)
  if (keyFile === undefined) return seed
  const { key } = await inIssuingRoom(({ readSigningKeyFile }) => readSigningKeyFile(keyFile))
  return { ...seed, signing_keys: [{ kid: key.keyId, seed: key.seed }] }
}

async function readSeedFile({ EmulatorSeedError, parseSeed }: EmulatorRoom, file: string): Promise<Seed> {
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
