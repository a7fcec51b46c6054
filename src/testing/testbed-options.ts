import type { SeedComponent } from '../emulator/index.js'
import type { LicenseClientOptions } from '../options.js'
import { requireNames } from './require-names.js'
import { TestbedError } from './testbed-error.js'

/** What a product gives its license client, as far as it makes sense without a network and a disk. */
export type TestbedOptions = Partial<Omit<LicenseClientOptions, 'hub' | 'directory' | 'dispatcher' | 'fetch'>> & {
  /** When the test begins, epoch milliseconds. @defaultValue noon (UTC) of 15 January 2026 */
  readonly startsAt?: number
  /** The components that the hub offers, as they stand in a seed file. @defaultValue none */
  readonly catalog?: readonly SeedComponent[]
  /** Whether the hub signs and the product pins its key. @defaultValue true */
  readonly pinned?: boolean
}

const fields: Readonly<Record<keyof TestbedOptions, true>> = {
  product: true,
  domain: true,
  startsAt: true,
  catalog: true,
  pinned: true,
  installationId: true,
  channel: true,
  components: true,
  verifyIntervalMs: true,
  gracePeriodMs: true,
  expiryGraceMs: true,
  verifyDeadlineMs: true,
  requestDeadlineMs: true,
  sharedStore: true,
}

/**
 * Checks what is the testbed's own; the rest is for the client and the hub to check.
 *
 * @throws TestbedError `invalid-option`.
 */
export function requireTestbedOptions(options: TestbedOptions): void {
  requireNames(options, 'createTestbed', fields, 'invalid-option')
  const { startsAt, pinned } = options
  if (startsAt !== undefined && !(Number.isFinite(startsAt) && Math.abs(startsAt) <= 8_640_000_000_000_000)) {
    throw new TestbedError('invalid-option', 'The value of startsAt must be a time in epoch milliseconds.')
  }
  if (pinned !== undefined && typeof pinned !== 'boolean') {
    throw new TestbedError('invalid-option', 'The value of pinned must be true or false.')
  }
}
