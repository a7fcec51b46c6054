/**
 * The license client for products built on Node.
 *
 * @module flavor-license
 */
export { createLicenseClient } from './client.js'
export type {
  CheckComponentsOptions,
  ComponentCallOptions,
  ComponentChangeOptions,
  ComponentClient,
  DownloadComponentOptions,
  InstallComponentOptions,
} from './component-client.js'
export type { ClientEvents, ClientWarning, RequestReport, WarningCode } from './domain/client-event.js'
export type { CatalogComponent, Component } from './domain/component/component.js'
export type {
  AvailableComponent,
  AvailableComponentsOutcome,
  CheckComponentsOutcome,
  ComponentCurrent,
  ComponentFailed,
  ComponentFailure,
  ComponentInstalled,
  ComponentOnMachine,
  ComponentRefusal,
  ComponentRefused,
  ComponentRemoved,
  ComponentRolledBack,
  ComponentsRefusal,
  ComponentsUpToDate,
  ComponentUpdatesAvailable,
  InstallComponentOutcome,
  InstalledComponentsOutcome,
  ListComponentsOutcome,
  Listed,
  ListedComponent,
  RemoveComponentOutcome,
  RollBackComponentOutcome,
  TierNotEntitled,
} from './domain/component/component-outcome.js'
export type {
  Downloaded,
  DownloadFailed,
  DownloadFailure,
  DownloadOutcome,
  DownloadProgress,
  DownloadRefusal,
} from './domain/download/download.js'
export { FlavorLicenseError, isFlavorLicenseError, type MisuseCode } from './domain/errors.js'
export type { Explanation, RecordExplanation } from './domain/license/explanation.js'
export type { OfflineRequest } from './domain/license/offline-request.js'
export type {
  Activated,
  ActivatedOffline,
  ActivateOfflineOutcome,
  ActivateOutcome,
  ActivationRefused,
  CheckUpdatesOutcome,
  ComponentUpdate,
  Deactivated,
  DeactivateOutcome,
  Deferred,
  NotActivated,
  Refused,
  Reset,
  ResetFailed,
  ResetOutcome,
  UpdateAvailable,
  UpdateDescribed,
  UpdateInfoOutcome,
  UpToDate,
  WithheldUpdate,
} from './domain/license/outcome.js'
export type { Activations, BackOff, LicenseStatus } from './domain/license/record.js'
export type { ActivationRefusal, OfflineRefusal, UpdateRefusal } from './domain/license/refusal.js'
export type { Setback, SetbackReason } from './domain/license/setback.js'
export type {
  GraceReason,
  GraceVerdict,
  LicensedVerdict,
  UnknownReason,
  UnknownVerdict,
  UnlicensedReason,
  UnlicensedVerdict,
  Verdict,
  VerdictSource,
} from './domain/license/verdict.js'
export type { Release } from './domain/update/release.js'
export type { DownloadComponentOutcome } from './engine/components/download.js'
export type { SwapContext, SwapHook, SwapHooks } from './engine/components/swap.js'
export type { VerifyOptions } from './engine/license/verify.js'
export type { CallOptions, DownloadOptions, LicenseClient, UpdateCheckOptions } from './license-client.js'
export type { ComponentOptions, HubOptions, LicenseClientOptions, ProductOptions } from './options.js'
export type { SharedStore } from './ports/shared-store.js'
export type { Category, RateLimit, RouteName } from './protocol/routes.js'
