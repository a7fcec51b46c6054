// Three workers of a cluster find a record that nobody has checked for a day: one of them asks.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'

if (cluster.isPrimary) {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const options = {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory: mkdtempSync(join(tmpdir(), 'flavor-license-cluster-')),
    verifyIntervalMs: 1,
  }
  const license = createLicenseClient(options)
  await license.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
  await license.close()
  const workers = [1, 2, 3].map(() => cluster.fork({ OPTIONS: JSON.stringify(options) }))
  const states = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]))
  if (!states.every((state) => state === 'licensed' || state === 'grace')) throw new Error(`The workers say ${states}.`)
  await Promise.all(workers.map((worker) => worker.isDead() || once(worker, 'exit')))
  await hub.close()
} else {
  const license = createLicenseClient(JSON.parse(process.env.OPTIONS))
  process.send((await license.verify()).state, async () => {
    await license.close()
    process.disconnect()
  })
}
