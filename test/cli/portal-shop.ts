import { onTestFinished } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { type FakeTerminalOptions, runHere } from './fake-terminal.js'

export interface PortalShop {
  readonly emulator: Emulator
  readonly url: string
  readonly directory: string
  /** Runs a portal command as the reseller of the seed, unless `env` says otherwise. */
  run(words: readonly string[], options?: FakeTerminalOptions): ReturnType<typeof runHere>
  /** The same with `--json`: what it prints, and its exit code. */
  json(
    words: readonly string[],
    options?: FakeTerminalOptions,
  ): Promise<{ readonly exitCode: number; readonly answer: Answer; readonly stderr: string }>
}

/** What a command prints as JSON, as far as the tests look at it. */
export interface Answer {
  readonly outcome: string
  readonly item?: { readonly id: number; readonly licenseKey: string; readonly rawKey: string; readonly secret: string }
  readonly items?: readonly { readonly id: number; readonly licenseKey: string; readonly status: string }[]
  readonly [name: string]: unknown
}

export const reseller: Readonly<Record<string, string>> = {
  FLAVOR_HUB_EMAIL: 'reseller@flavor.example',
  FLAVOR_HUB_PASSWORD: 'reseller-password',
}

/** The emulator's built-in shop, with accounts and packs, and an empty directory. */
export async function openPortalShop(options: EmulatorOptions = {}): Promise<PortalShop> {
  const emulator = createEmulator(options)
  const hub = await emulator.listen()
  onTestFinished(() => hub.close())
  const directory = temporaryDirectory()
  const run: PortalShop['run'] = (words, { env = reseller, ...rest } = {}) =>
    runHere(['portal', ...words], {
      env: { FLAVOR_LICENSE_HUB: hub.url, FLAVOR_LICENSE_DIRECTORY: directory, ...env },
      cwd: directory,
      ...rest,
    })
  return {
    emulator,
    url: hub.url,
    directory,
    run,
    async json(words, terminal) {
      const { exitCode, stdout, stderr } = await run([...words, '--json'], terminal)
      return { exitCode, stderr, answer: JSON.parse(stdout) }
    },
  }
}
