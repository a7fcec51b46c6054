// Somebody has put members on every object's prototype that would make a license of nothing.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

Object.assign(Object.prototype, {
  status: 'active',
  entitlement: { basis: 'hub', status: 'active', tier: 'agency', features: [], expiresAt: null, issuedAt: 0 },
  licenseKey: 'FLVR-EVIL-EVIL-EVIL-EVIL',
  token: 'x.y.z',
  fresh: true,
})
// Only now: what is read when a module is loaded must not fall for it either.
const { createLicenseClient } = await import('flavor-license')

const directory = mkdtempSync(join(tmpdir(), 'flavor-license-polluted-'))
const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: 'http://127.0.0.1:9/api/v1' },
  directory,
})
const { state } = await license.verify()
if (state !== 'unknown') throw new Error(`Nothing is on record, but the verdict is ${state}.`)
await license.close()
rmSync(directory, { recursive: true, force: true })
