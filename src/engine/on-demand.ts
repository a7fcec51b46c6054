/**
 * What a product's start does not need: everything but the verdict from the record. One module, so that it is loaded in
 * one step when the first of it is asked for.
 */
export { activateLicense } from './activate.js'
export { activateLicenseOffline } from './activate-offline.js'
export { createCheckUpdates } from './check-updates.js'
export { deactivateLicense } from './deactivate.js'
export { downloadUpdate } from './download-update.js'
export { explainVerdict } from './explain.js'
export { describeOfflineRequest } from './offline-request.js'
export { resetLicense } from './reset.js'
export { createScheduler } from './scheduler.js'
export { describeUpdate } from './update-info.js'
