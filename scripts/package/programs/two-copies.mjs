// Two versions of the package in one process, on one directory: each reads what the other has written.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as one from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import * as two from 'flavor-license-later'

const directory = mkdtempSync(join(tmpdir(), 'flavor-license-copies-'))
const emulator = createEmulator()
const hub = await emulator.listen()
const options = {
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: hub.url, trustedKeys: emulator.keys },
  directory,
}
const first = one.createLicenseClient(options)
const second = two.createLicenseClient(options)
if (one.createLicenseClient === two.createLicenseClient) throw new Error('There is one copy alone.')

await first.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
const seen = await second.verify()
await second.deactivate()
const after = await first.verify({ offline: true })
if (seen.state !== 'licensed' || after.state !== 'unlicensed') throw new Error(`${seen.state}, then ${after.state}.`)

try {
  one.createLicenseClient({ ...options, domain: '' })
} catch (error) {
  if (!two.isFlavorLicenseError(error)) throw new Error('One copy does not know the other’s errors.')
}
await Promise.all([first.close(), second.close(), hub.close()])
rmSync(directory, { recursive: true })
