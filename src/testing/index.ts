/**
 * A hub, a machine and a product in a time that a test moves, for authors who test what their product does.
 *
 * @module flavor-license/testing
 */
export type { Duration } from './duration.js'
export type { LicenseGrant } from './license-grant.js'
export { createTestbed, type Testbed } from './testbed.js'
export { TestbedError, type TestbedProblem } from './testbed-error.js'
export type { TestbedOptions } from './testbed-options.js'
