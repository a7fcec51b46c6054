const { join } = require('node:path')
const { key, openHub } = require('./hub.cjs')

/** Activates, verifies, updates, goes on without the hub, and deactivates. Throws where anything comes out otherwise than it must. */
async function live(createLicenseClient, createEmulator) {
  const hub = process.env.HUB_OPTIONS
    ? { options: JSON.parse(process.env.HUB_OPTIONS), close: () => undefined }
    : await openHub(createEmulator)
  const license = createLicenseClient(hub.options)
  const later = createLicenseClient(hub.options)
  let release
  const steps = [
    ['outcome', 'activated', () => license.activate(key)],
    ['state', 'licensed', () => license.verify({ fresh: true })],
    ['source', 'record', () => license.verify()],
    ['state', 'licensed', () => later.verify({ offline: true })],
    [
      'outcome',
      'available',
      async () => {
        const found = await license.checkUpdates()
        release = found.release
        return found
      },
    ],
    [
      'outcome',
      'downloaded',
      () => license.downloadUpdate(release, { directory: join(hub.options.directory, 'downloads') }),
    ],
    ['outcome', 'deactivated', () => license.deactivate()],
    ['reason', 'deactivated', () => license.verify()],
  ]
  for (const [member, expected, step] of steps) {
    const came = await step()
    if (came[member] !== expected) throw new Error(`Expected ${expected}, but came ${JSON.stringify(came)}.`)
  }
  await Promise.all([license.close(), later.close()])
  await hub.close()
}

module.exports = { live }
