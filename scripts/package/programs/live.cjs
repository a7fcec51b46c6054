const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

/** Activates, verifies, looks for updates and deactivates. Throws where anything comes out otherwise than it must. */
async function live(createLicenseClient, createEmulator) {
  const directory = process.env.LIFE_DIRECTORY ?? mkdtempSync(join(tmpdir(), 'flavor-license-life-'))
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const license = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory: join(directory, 'records'),
  })
  const steps = [
    ['outcome', 'activated', () => license.activate('FLVR-ABCD-EFGH-IJKL-MNOP')],
    ['state', 'licensed', () => license.verify({ fresh: true })],
    ['source', 'record', () => license.verify()],
    ['outcome', 'available', () => license.checkUpdates()],
    ['outcome', 'deactivated', () => license.deactivate()],
    ['reason', 'deactivated', () => license.verify()],
  ]
  for (const [member, expected, step] of steps) {
    const came = await step()
    if (came[member] !== expected) throw new Error(`Expected ${expected}, but came ${JSON.stringify(came)}.`)
  }
  await license.close()
  await hub.close()
  if (!process.env.LIFE_DIRECTORY) rmSync(directory, { recursive: true })
}

module.exports = { live }
