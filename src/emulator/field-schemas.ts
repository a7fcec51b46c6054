import { valid, validRange } from 'semver'
import * as v from 'valibot'
import type { Schema } from '../protocol/wire/primitives.js'
import { isHostName } from './hub/host-name.js'
import type { License, LicenseSource } from './hub/license.js'
import { isLicenseKey } from './hub/license-key.js'
import { type Channel, channels } from './hub/release.js'

/** What a field of a seed, a manifest or a change may hold. */
export const licenseKeySchema: Schema<string> = v.pipe(
  v.string(),
  v.check(isLicenseKey, 'must look like FLVR-XXXX-XXXX-XXXX-XXXX'),
)
export const statusSchema: Schema<License['status']> = v.picklist(['active', 'revoked'], 'must be active or revoked')
export const sourceSchema: Schema<LicenseSource> = v.picklist(
  ['individual', 'bulk_pack', 'commitment', 'nfr'],
  'must be individual, bulk_pack, commitment or nfr',
)
export const hostSchema: Schema<string> = v.pipe(
  v.string(),
  v.check(isHostName, 'must be a bare host name in lower case'),
)
export const versionSchema: Schema<string> = v.pipe(
  v.string(),
  v.check((text) => valid(text) === text, 'must be a semantic version such as 1.4.2'),
)
export const rangeSchema: Schema<string> = v.pipe(
  v.string(),
  v.check((text) => validRange(text) !== null, 'must be a semver range such as >=1.2.0'),
)
export const channelSchema: Schema<Channel> = v.picklist(channels, 'must be stable or beta')
/** Of a file that is made up. */
export const byteCountSchema: Schema<number> = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_073_741_824))

/** The last and the first day that a Date can name: what lies beyond cannot be written as a timestamp. */
const lastMoment = 8_640_000_000_000_000

/** Epoch milliseconds. */
export const momentSchema: Schema<number> = v.pipe(
  v.number('must be a time in epoch milliseconds'),
  v.check((time) => Math.abs(time) <= lastMoment, 'must be a time in epoch milliseconds'),
)
