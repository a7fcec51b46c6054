import type { Command } from 'commander'
import type { LicenseOrder } from '../../portal/index.js'
import { readDate } from '../date-input.js'
import { required } from '../offline-license-options.js'
import { withTextOption } from '../option.js'
import { readNumber } from './number-input.js'

/** A license to be made, as it stands on the line or in a row of a file. */
export interface LicenseOrderValues {
  readonly productId?: string
  readonly tier?: string
  readonly expiresAt?: string
  readonly customerId?: string
}

export function withLicenseOrderOptions(command: Command): void {
  withTextOption(command, { flags: '--product-id <n>', description: 'the id of the product' })
  withTextOption(command, { flags: '--tier <tier>', description: 'the tier; starter unless given' })
  withTextOption(command, {
    flags: '--expires-at <date>',
    description: 'the end of the license, such as 2027-12-31, or never; in one year unless given',
  })
  withTextOption(command, { flags: '--customer-id <n>', description: 'the client that it is for' })
}

export function readLicenseOrder({ productId, tier, expiresAt, customerId }: LicenseOrderValues): LicenseOrder {
  return {
    productId: readNumber(required(productId, 'product-id'), 'The product id'),
    ...(tier !== undefined && { tier }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt === 'never' ? null : readDate(expiresAt, 'expires-at') }),
    ...(customerId !== undefined && { customerId: readNumber(customerId, 'The customer id') }),
  }
}
