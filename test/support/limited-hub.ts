import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Arrival, createEmulator, type Emulator, type RateLimitStrategy } from '../../src/emulator/index.js'
import type { HubOptions } from '../../src/index.js'
import { manySiteLicense } from './many-site-license.js'

export interface Limitation {
  readonly strategy: RateLimitStrategy
  /** Verifications in a window. Activations are not limited. */
  readonly limit: number
  readonly windowMs: number
}

/** A hub on loopback that lets nobody verify more often than its limit, and the directory of a machine that asks it. */
export interface LimitedHub {
  readonly emulator: Emulator
  /** As its products know it, limits included. */
  readonly options: Required<Pick<HubOptions, 'url' | 'trustedKeys' | 'limits'>>
  /** Of a license for any number of domains. */
  readonly licenseKey: string
  readonly directory: string
  /** The verifications that have come in: its log is the only witness. */
  arrivals(): readonly Arrival[]
  /** How often it has said "too many requests". */
  refused(): number
  close(): Promise<void>
}

const unlimited = 1_000_000

export async function limitedHub({ strategy, limit, windowMs }: Limitation): Promise<LimitedHub> {
  const emulator = createEmulator({
    rateLimit: { strategy, windowMs, limits: { verify: limit, activation: unlimited } },
  })
  emulator.addLicense(manySiteLicense)
  const { url, close } = await emulator.listen()
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-limited-'))
  const limits = { verify: { limit, windowMs }, activation: { limit: unlimited, windowMs } }
  return {
    emulator,
    options: { url, trustedKeys: emulator.keys, limits },
    licenseKey: manySiteLicense.key,
    directory,
    arrivals: () => emulator.arrivals.filter(({ category }) => category === 'verify'),
    refused: () => emulator.arrivals.filter(({ status }) => status === 429).length,
    async close() {
      await close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
