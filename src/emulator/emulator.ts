import { type Arrival, createArrivalLog } from './arrivals.js'
import { changedLicense, type LicensePatch, type NewLicense, withAddedLicense } from './changes/license-change.js'
import { type NewRelease, withRelease } from './changes/release-change.js'
import { defaultSeed } from './default-seed.js'
import { timerDelay } from './delay.js'
import { createFaultPipeline, type FaultInjector } from './faults/fault-injector.js'
import { createFileRequestLog, type FileRequest } from './file-requests.js'
import { asFetchedBody } from './http/fetched-body.js'
import { createFileServer } from './http/file-server.js'
import { createHandler } from './http/handler.js'
import { withLastingSignal } from './http/lasting-signal.js'
import { createRouteMatcher } from './http/route-table.js'
import type { License } from './hub/license.js'
import { fileOf, withLicense } from './hub/state.js'
import { createStore, type Store } from './hub/store.js'
import { hubRoutes } from './hub-routes.js'
import { type Listening, startListening } from './listening.js'
import type { Clock, EmulatorOptions, ListenOptions } from './options.js'
import { requireEmulatorOptions, requireListenOptions } from './options-schema.js'
import { accountWithEmail } from './portal/accounts.js'
import { withNewDeliveries } from './portal/deliveries.js'
import { createDispatcher } from './portal/dispatcher.js'
import { publish, withdraw } from './releases/publish.js'
import { readReleases } from './releases/read-releases.js'
import { parseSeed } from './seed.js'
import type { Seed, SeedAccount } from './seed-file.js'
import { seededState } from './seeded-state.js'
import { readStateFile, writeStateFile } from './state-file.js'

/** Options of a request that never touches a network. */
export interface FetchInit extends RequestInit {
  /** The peer's address, by which rate limits count. @defaultValue '127.0.0.1' */
  readonly remoteAddress?: string | undefined
}

/** Whom a person or a program may log in as. */
export type PortalAccount = Pick<SeedAccount, 'type' | 'email' | 'password' | 'name'>

/** A hub on this machine. */
export interface Emulator {
  /**
   * Answers a request as the hub would, without a network; has the shape of the global `fetch`, redirects excepted,
   * which it returns instead of following them. Rejects with `TypeError('fetch failed')` where the connection would break.
   */
  readonly fetch: (input: Request | string | URL, init?: FetchInit) => Promise<Response>
  /**
   * Starts an HTTP server. Several may listen at once; they share the state. Rejects with an EmulatorOptionsError
   * (`invalid-option`) when it is given another name or value than an option can have.
   */
  listen(options?: ListenOptions): Promise<Listening>
  /** Public keys by `kid`, as a client's `trustedKeys` takes them; empty where nothing is signed. */
  readonly keys: Readonly<Record<string, string>>
  /** The accounts of the seed that the portal knows, with their passwords; the state keeps hashes alone. */
  readonly accounts: readonly PortalAccount[]
  /** Every request that came in, oldest first. */
  readonly arrivals: readonly Arrival[]
  /** Forgets the requests that have come in. */
  clearArrivals(): void
  /** What the host of files was sent where downloads are redirected, oldest first, with nothing masked. */
  readonly fileRequests: readonly FileRequest[]
  /** Forgets what the host of files was sent. */
  clearFileRequests(): void
  readonly faults: FaultInjector
  /** The licenses as they are now, activations included. */
  licenses(): readonly License[]
  /**
   * Changes a license as the vendor's staff would: revokes it, lets it expire, moves it to another tier.
   *
   * @throws EmulatorChangeError `unknown-license` when no license has that key, `invalid-license` when a field is not what
   * one can be.
   */
  setLicense(key: string, patch: LicensePatch): License
  /**
   * Adds a license, or replaces the one with that key.
   *
   * @throws EmulatorChangeError `invalid-license` when a field is missing or is not what one can be.
   */
  addLicense(license: NewLicense): void
  /**
   * Sends webhooks all that they are due by the emulator's clock, and answers once every attempt has ended. It happens by
   * itself as well; a test whose clock only it moves calls this after moving it.
   */
  deliverWebhooks(): Promise<void>
  /**
   * Publishes a release; the same version again replaces it.
   *
   * @throws EmulatorChangeError `invalid-release` when a field is missing or is not what one can be, `unknown-product` or
   * `unknown-component` when the hub has none of that name.
   */
  addRelease(release: NewRelease): void
}

const fetchOrigin = 'https://hub.example'
const fetchDownloadOrigin = 'https://downloads.example'
const defaultMountPath = '/api/v1'

/**
 * A local hub: both halves of the API, with the hub's rules, limits and signed tokens, and webhooks that are really
 * delivered.
 *
 * @throws EmulatorOptionsError (`invalid-option`) when there is no option of that name, or its value is not what it can be.
 * @throws EmulatorSeedError (`invalid-seed`) when the seed is not usable.
 * @throws EmulatorReleasesError when the folder of releases is not usable; its `code` says why.
 * @throws EmulatorStateError (`invalid-state`) when the state file is not one that an emulator wrote.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  requireEmulatorOptions(options)
  const clock = options.clock ?? { now: Date.now }
  const seed = options.seed === undefined ? defaultSeed() : parseSeed(options.seed)
  const store = openStore(options, seed, clock, () => dispatcher.wake())
  const dispatcher = createDispatcher(store, clock)
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
    match: createRouteMatcher(hubRoutes(options, { store, files, clock, mountPath })),
    arrivals,
    faults,
    clock,
    delay: options.delay ?? timerDelay,
  })

  return {
    fetch: async (input, init = {}) => {
      const { remoteAddress = '127.0.0.1', ...rest } = init
      const given = new Request(input, rest)
      const request = withLastingSignal(given, rest.signal ?? (input instanceof Request ? input : given).signal)
      request.signal.throwIfAborted()
      const downloadOrigin = downloads?.origin ?? fetchDownloadOrigin
      if (new URL(request.url).origin === downloadOrigin) await fileRequests.add(request)
      const issuer = baseUrl ?? `${fetchOrigin}${mountPath}`
      const response = await handler(request, { remoteAddress, issuer, downloadOrigin })
      return asFetchedBody(response)
    },
    listen: async (address = {}) => {
      requireListenOptions(address)
      const { port = 0, host = '127.0.0.1' } = address
      const own = { baseUrl, downloads }
      const listening = await startListening({ port, host }, handler, fileRequests, mountPath, own)
      // Only now: where the port is taken, another emulator may be at work on the same state file.
      dispatcher.wake()
      return listening
    },
    keys:
      options.signing === false
        ? {}
        : Object.fromEntries(store.read().signingKeys.map(({ keyId, publicKey }) => [keyId, publicKey])),
    accounts: (seed.accounts ?? [])
      .filter(({ email }) => accountWithEmail(store.read(), email) !== undefined)
      .map(({ type, email, password, name }) => ({ type, email, password, name })),
    arrivals: arrivals.entries,
    clearArrivals: arrivals.clear,
    fileRequests: fileRequests.entries,
    clearFileRequests: fileRequests.clear,
    faults,
    licenses: () => store.read().licenses,
    setLicense: (key, patch) => {
      const changed = changedLicense(store.read(), key, patch, clock.now())
      store.write(withLicense(store.read(), changed))
      return changed
    },
    addLicense: (license) => store.write(withAddedLicense(store.read(), license, clock.now())),
    deliverWebhooks: dispatcher.deliverDue,
    addRelease: (release) => store.write(withRelease(store.read(), release, clock.now())),
  }
}

function openStore({ stateFile, releases }: EmulatorOptions, seed: Seed, clock: Clock, changed: () => void): Store {
  const kept = stateFile === undefined ? undefined : readStateFile(stateFile)
  const initial = kept ?? seededState(seed, clock.now())
  const published =
    releases === undefined ? initial : publish(initial, readReleases(releases, initial.signingKeys, clock.now()))
  // Dates that the seed gives in days count from the first start, so that start is what has to be kept.
  if (stateFile !== undefined && kept === undefined) writeStateFile(stateFile, initial)
  return createStore(published, {
    complete: (before, next) => withNewDeliveries(before, next, clock.now()),
    save: stateFile === undefined ? () => {} : (state) => writeStateFile(stateFile, withdraw(state, initial)),
    changed,
  })
}
