import { onTestFinished } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import type { ClientWarning } from '../../src/domain/client-event.js'
import { noteComponent } from '../../src/domain/license/transition.js'
import type { Release } from '../../src/domain/update/release.js'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import { createEngine, type Engine } from '../../src/engine/engine.js'
import { activateLicense } from '../../src/engine/license/activate.js'
import { type CheckUpdates, createUpdateChecks, type UpdateChecks } from '../../src/engine/updates/check-updates.js'
import type { LicenseClientOptions } from '../../src/options.js'
import { readOptions } from '../../src/read-options.js'
import { type ClientPorts, clientPorts } from '../support/client-ports.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'

export const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

/** One process of a licensed product. */
export interface UpdateScene {
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly engine: Engine
  readonly warnings: readonly ClientWarning[]
  readonly announced: readonly Release[]
  check(terms?: Partial<Parameters<CheckUpdates>[0]>): ReturnType<CheckUpdates>
  checkComponents(terms?: Partial<Parameters<CheckUpdates>[0]>): ReturnType<UpdateChecks['checkComponents']>
  install(slug: string, version: string): Promise<void>
  /** How often the hub was asked about the product, and about components. */
  asked(): readonly [number, number]
  /** Another process of the same product, on the same disk. */
  another(options?: Partial<LicenseClientOptions>): Omit<UpdateScene, 'another'>
}

export interface UpdateSceneOptions {
  readonly hub?: EmulatorOptions
  readonly client?: Partial<LicenseClientOptions>
  readonly ports?: Partial<ClientPorts>
}

export async function updateScene(options: UpdateSceneOptions = {}): Promise<UpdateScene> {
  const clock = manualClock()
  const emulator = createEmulator({ clock, rateLimit: { strategy: 'off' }, ...options.hub })
  const ports = clientPorts({ clock, transport: fetchTransport(emulator.fetch), ...options.ports })
  onTestFinished(() => ports.transport.close())

  function start(clientOptions: Partial<LicenseClientOptions> = {}): Omit<UpdateScene, 'another'> {
    const settings = readOptions({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      ...clientOptions,
      hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys, ...clientOptions.hub },
    })
    const warnings: ClientWarning[] = []
    const announced: Release[] = []
    const engine = createEngine(settings, {
      ...ports,
      observer: {
        notify(name, event) {
          if (name === 'warning' && 'code' in event) warnings.push(event)
          if (name === 'update' && 'sha256' in event) announced.push(event)
        },
      },
    })
    const checks = createUpdateChecks(engine)
    const count = (route: string) => emulator.arrivals.filter((arrival) => arrival.route === route).length
    return {
      emulator,
      clock,
      engine,
      warnings,
      announced,
      check: (terms) => checks.checkUpdates({ endsAt: engine.clock.monotonic() + 5_000, ...terms }),
      checkComponents: (terms) => checks.checkComponents({ endsAt: engine.clock.monotonic() + 5_000, ...terms }),
      async install(slug, version) {
        const installed = {
          version,
          sha256: 'ab'.repeat(32),
          installedAt: 0,
          folder: version,
          directory: '/srv',
          previous: null,
        }
        await engine.keeper.save((record) => noteComponent(record, slug, installed))
      },
      asked: () => [count('updateCheck'), count('componentCheck')],
    }
  }

  const scene = start(options.client)
  await activateLicense(scene.engine, key, { endsAt: scene.engine.clock.monotonic() + 5_000 })
  return { ...scene, another: start }
}
