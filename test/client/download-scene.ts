import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Emulator, EmulatorOptions } from '../../src/emulator/index.js'
import type { DownloadOptions, DownloadOutcome, DownloadProgress, Release } from '../../src/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import type { LicenseClientOptions } from '../../src/options.js'
import type { ClientPorts } from '../support/client-ports.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { type EmulatedHub, emulatedHub, key, type Told } from './emulated-hub.js'

export interface DownloadScene {
  readonly hub: EmulatedHub
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly client: LicenseClient & { readonly told: Told }
  /** Where the file is to be. */
  readonly directory: string
  readonly progress: readonly DownloadProgress[]
  /** What the hub offers. */
  offered(): Promise<Release>
  download(release: Release, options?: Partial<DownloadOptions>): Promise<DownloadOutcome>
  /** Names in the directory. */
  files(): readonly string[]
  content(name: string): Uint8Array
  /** What the hub was asked for files, and by which range. */
  fileRequests(): number
}

export interface SceneOptions {
  readonly hub?: EmulatorOptions
  readonly client?: Partial<LicenseClientOptions>
  readonly ports?: Partial<ClientPorts>
  readonly clock?: ManualClock
}

/** A licensed product beside a hub that offers an update; the file goes to a directory of the test's own. */
export async function downloadScene(options: SceneOptions = {}): Promise<DownloadScene> {
  const hub = emulatedHub(options.hub, options.clock ?? manualClock())
  const client = hub.client(options.client, options.ports)
  const directory = temporaryDirectory()
  const progress: DownloadProgress[] = []
  await client.activate(key)
  return {
    hub,
    emulator: hub.emulator,
    clock: hub.clock,
    client,
    directory,
    progress,
    async offered() {
      const outcome = await client.checkUpdates()
      if (outcome.outcome !== 'available' || !outcome.release)
        throw new Error(`The hub offers nothing: ${JSON.stringify(outcome)}`)
      return outcome.release
    },
    download: (release, terms) =>
      client.downloadUpdate(release, { directory, onProgress: (step) => progress.push(step), ...terms }),
    files: () => readdirSync(directory).sort(),
    content: (name) => new Uint8Array(readFileSync(join(directory, name))),
    fileRequests: () => hub.emulator.arrivals.filter(({ route }) => route === 'updateDownload').length,
  }
}
