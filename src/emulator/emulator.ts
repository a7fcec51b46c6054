import { machineRoutes } from '../protocol/routes.js'
import { type Arrival, createArrivalLog } from './arrivals.js'
import { defaultSeed } from './default-seed.js'
import { timerDelay } from './delay.js'
import type { MountedEndpoint } from './endpoints/endpoint.js'
import { machineEndpoints } from './endpoints/index.js'
import { createFaultPipeline, type FaultInjector } from './faults/fault-injector.js'
import { createFileRequestLog, type FileRequest } from './file-requests.js'
import { asFetchedBody } from './http/fetched-body.js'
import { createFileServer, type FileServer } from './http/file-server.js'
import { createHandler } from './http/handler.js'
import { machineRoute, type Serving } from './http/machine-route.js'
import { createRouteMatcher, type HttpRoute } from './http/route-table.js'
import { type NewRelease, withRelease } from './hub/catalog-editor.js'
import type { License, NewLicense } from './hub/license.js'
import { createSigner, type Signer, unsigned } from './hub/signer.js'
import { fileOf, withAddedLicense, withLicense } from './hub/state.js'
import { createStore, type Store } from './hub/store.js'
import { type Listening, startListening } from './listening.js'
import { descriptionRoutes } from './openapi/routes.js'
import type { Clock, EmulatorOptions } from './options.js'
import { createRateLimiter } from './rate-limit/rate-limiter.js'
import { parseSeed } from './seed.js'
import { seededState } from './seeded-state.js'
import { readStateFile, writeStateFile } from './state-file.js'

export interface ListenOptions {
  /** `0` picks a free one. @default 0 */
  readonly port?: number | undefined
  /** @default '127.0.0.1' */
  readonly host?: string | undefined
}

/** Options of a request that never touches a network. */
export interface FetchInit extends RequestInit {
  /** The peer's address, by which rate limits count. @default '127.0.0.1' */
  readonly remoteAddress?: string | undefined
}

/** What a test may change of a license. */
export type LicensePatch = Partial<Omit<License, 'id' | 'key'>>

/** A hub on this machine. */
export interface Emulator {
  /**
   * Answers a request as the hub would, without a network; has the shape of the global `fetch`, redirects excepted,
   * which it returns instead of following them. Rejects with `TypeError('fetch failed')` where the connection would break.
   */
  readonly fetch: (input: Request | string | URL, init?: FetchInit) => Promise<Response>
  /** Starts an HTTP server. Several may listen at once; they share the state. */
  listen(options?: ListenOptions): Promise<Listening>
  /** Public keys by `kid`, as a client's `trustedKeys` takes them; empty where nothing is signed. */
  readonly keys: Readonly<Record<string, string>>
  /** Every request that came in, oldest first. */
  readonly arrivals: readonly Arrival[]
  clearArrivals(): void
  /** What the host of files was sent where downloads are redirected, oldest first, with nothing masked. */
  readonly fileRequests: readonly FileRequest[]
  clearFileRequests(): void
  readonly faults: FaultInjector
  /** The licenses as they are now, activations included. */
  licenses(): readonly License[]
  /**
   * Changes a license as the vendor's staff would: revokes it, lets it expire, moves it to another tier.
   *
   * @throws RangeError when no license has that key.
   */
  setLicense(key: string, patch: LicensePatch): License
  /** Adds a license, or replaces the one with that key. */
  addLicense(license: NewLicense): void
  /** Publishes a release; the same version again replaces it. */
  addRelease(release: NewRelease): void
}

const thirtyDaysMs = 2_592_000_000
const fetchOrigin = 'https://hub.example'
const fetchDownloadOrigin = 'https://downloads.example'
const defaultMountPath = '/api/v1'

/**
 * A local hub: the machine-facing half of the API, with the hub's rules, limits and signed tokens.
 *
 * @throws EmulatorSeedError (`invalid-seed`) when the seed is not usable.
 * @throws EmulatorStateError (`invalid-state`) when the state file is not one that an emulator wrote.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const clock = options.clock ?? { now: Date.now }
  const store = openStore(options, clock)
  const arrivals = createArrivalLog(options.onArrival)
  const faults = createFaultPipeline({
    fileOf: ({ product, component, version }) => fileOf(store.read(), product, component, version),
    signingKeys: () => store.read().signingKeys,
  })
  const fileRequests = createFileRequestLog()
  const files = createFileServer(options.downloads ?? {}, clock, options.randomSeed ?? 'flavor-license')
  const baseUrl = options.baseUrl?.replace(/\/+$/, '')
  const mountPath = baseUrl === undefined ? defaultMountPath : new URL(baseUrl).pathname.replace(/\/$/, '')
  const { downloads } = options
  const handler = createHandler({
    match: createRouteMatcher(routesOf(options, store, files, clock, mountPath)),
    arrivals,
    faults,
    clock,
    delay: options.delay ?? timerDelay,
  })

  return {
    fetch: async (input, init = {}) => {
      const { remoteAddress = '127.0.0.1', ...rest } = init
      const request = new Request(input, rest)
      request.signal.throwIfAborted()
      const downloadOrigin = downloads?.origin ?? fetchDownloadOrigin
      if (new URL(request.url).origin === downloadOrigin) await fileRequests.add(request)
      const issuer = baseUrl ?? `${fetchOrigin}${mountPath}`
      const response = await handler(request, { remoteAddress, issuer, downloadOrigin })
      return asFetchedBody(response)
    },
    listen: ({ port = 0, host = '127.0.0.1' } = {}) =>
      startListening({ port, host }, handler, fileRequests, mountPath, { baseUrl, downloads }),
    keys:
      options.signing === false
        ? {}
        : Object.fromEntries(store.read().signingKeys.map(({ keyId, publicKey }) => [keyId, publicKey])),
    arrivals: arrivals.entries,
    clearArrivals: arrivals.clear,
    fileRequests: fileRequests.entries,
    clearFileRequests: fileRequests.clear,
    faults,
    licenses: () => store.read().licenses,
    setLicense: (key, patch) => {
      const license = store.read().licenses.find((candidate) => candidate.key === key)
      if (license === undefined) throw new RangeError('The emulator has no license with that key.')
      const changed = { ...license, ...patch }
      store.write(withLicense(store.read(), changed))
      return changed
    },
    addLicense: (license) => store.write(withAddedLicense(store.read(), license, clock.now())),
    addRelease: (release) => store.write(withRelease(store.read(), release, clock.now())),
  }
}

function openStore({ stateFile, seed }: EmulatorOptions, clock: Clock): Store {
  const kept = stateFile === undefined ? undefined : readStateFile(stateFile)
  const initial = kept ?? seededState(seed === undefined ? defaultSeed() : parseSeed(seed), clock.now())
  if (stateFile === undefined) return createStore(initial, () => {})
  // Dates that the seed gives in days count from the first start, so that start is what has to be kept.
  if (kept === undefined) writeStateFile(stateFile, initial)
  return createStore(initial, (state) => writeStateFile(stateFile, state))
}

function routesOf(
  options: EmulatorOptions,
  store: Store,
  files: FileServer,
  clock: Clock,
  mountPath: string,
): readonly HttpRoute[] {
  const limiter = createRateLimiter(options.rateLimit ?? {}, clock)
  const serving: Serving = {
    hub: { store, signer: signerOf(options, store), files },
    limiter,
    limitBody: options.rateLimit?.body ?? 'slowapi',
    errorCodes: options.errorCodes ?? true,
  }
  const table = { ...machineRoutes, ...options.routes }
  const endpoints = machineEndpoints.map(([name, endpoint]): MountedEndpoint => {
    const route = table[name]
    return { name, path: `${mountPath}${route.path}`, route, limit: limiter.limitOf(route.category), endpoint }
  })
  return [
    ...endpoints.map((described) => machineRoute(described, serving)),
    ...descriptionRoutes(endpoints),
    files.route,
  ]
}

function signerOf({ signing, leaseMs }: EmulatorOptions, store: Store): Signer {
  if (signing === false) return unsigned
  return createSigner(() => {
    const [current] = store.read().signingKeys
    if (current === undefined) throw new RangeError('The hub has no signing key.')
    return current
  }, leaseMs ?? thirtyDaysMs)
}
