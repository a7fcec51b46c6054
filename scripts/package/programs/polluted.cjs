// Somebody has put members on every object's prototype that would make a license of nothing.
Object.assign(Object.prototype, {
  status: 'active',
  entitlement: { basis: 'hub', status: 'active', tier: 'agency', features: [], expiresAt: null, issuedAt: 0 },
  licenseKey: 'FLVR-EVIL-EVIL-EVIL-EVIL',
  token: 'x.y.z',
  fresh: true,
})
const { createLicenseClient } = require('flavor-license')
const { mkdtempSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: 'http://127.0.0.1:9/api/v1' },
  directory: mkdtempSync(join(tmpdir(), 'flavor-license-polluted-')),
})
license.verify().then(({ state }) => {
  if (state !== 'unknown') throw new Error(`Nothing is on record, but the verdict is ${state}.`)
  return license.close()
})
