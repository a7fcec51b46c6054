import type { NewLicense } from '../../src/emulator/index.js'

/** A license for any number of domains. */
export const manySiteLicense: NewLicense = {
  key: 'FLVR-MANY-SITE-0000-0001',
  product: 'flavor-starter',
  tier: 'agency',
  activationLimit: -1,
}
