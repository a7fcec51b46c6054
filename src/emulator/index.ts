/**
 * A local Flavor Hub for tests, demos and rehearsals.
 *
 * @module flavor-license/emulator
 */
export type { PortalRoute, PortalRouteName } from '../protocol/portal-routes.js'
export type { Category, Route, RouteName } from '../protocol/routes.js'
export type { Arrival } from './arrivals.js'
export { type ChangeProblem, EmulatorChangeError } from './changes/change-error.js'
export type { LicensePatch, NewLicense } from './changes/license-change.js'
export type { NewArchive, NewRelease } from './changes/release-change.js'
export { defaultSeed } from './default-seed.js'
export {
  createEmulator,
  type Emulator,
  type FetchInit,
  type PortalAccount,
} from './emulator.js'
export type { Fault, FaultKind, FaultMoment, FaultTarget } from './faults/fault.js'
export { EmulatorFaultError } from './faults/fault-error.js'
export type { FaultInjector } from './faults/fault-injector.js'
export type { FileFault, NamedFile } from './faults/file-fault.js'
export { parseFault } from './faults/parse-fault.js'
export { type ReleaseFault, type ReleaseTokenProblem, releaseTokenProblems } from './faults/release-fault.js'
export type { FileRequest } from './file-requests.js'
export type { ServedRoute } from './http/route-table.js'
export type { Activation, License, LicenseSource } from './hub/license.js'
export type { Channel } from './hub/release.js'
export type { Listening } from './listening.js'
export {
  type Clock,
  type Delay,
  type DownloadOptions,
  type EmulatorOptions,
  type ListenOptions,
  type RateLimitBody,
  type RateLimitOptions,
  type RateLimitStrategy,
  rateLimitBodies,
  rateLimitStrategies,
} from './options.js'

export { EmulatorOptionsError } from './options-error.js'

export { type ListForm, listForms } from './portal/listing.js'

export type { Manifest } from './releases/manifest.js'
export { EmulatorReleasesError, type ReleasesProblem } from './releases/releases-error.js'

export { EmulatorSeedError, parseSeed } from './seed.js'
export type {
  Seed,
  SeedAccount,
  SeedActivation,
  SeedComponent,
  SeedContent,
  SeedLicense,
  SeedPack,
  SeedProduct,
  SeedRelease,
  SeedSigningKey,
} from './seed-file.js'
export { EmulatorStateError } from './state-file.js'
