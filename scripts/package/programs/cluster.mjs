// Three workers of a cluster verify one record at once, none of which is the process that has activated it.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { key, openHub } from './hub.cjs'

if (cluster.isPrimary) {
  const hub = await openHub(createEmulator)
  const license = createLicenseClient(hub.options)
  await license.activate(key)
  await license.close()
  const workers = [1, 2, 3].map(() => cluster.fork({ HUB_OPTIONS: JSON.stringify(hub.options) }))
  const states = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]))
  if (states.join() !== 'licensed,licensed,licensed') throw new Error(`The workers say ${states}.`)
  await Promise.all(workers.map((worker) => worker.isDead() || once(worker, 'exit')))
  await hub.close()
} else {
  const license = createLicenseClient(JSON.parse(process.env.HUB_OPTIONS))
  process.send((await license.verify({ fresh: true })).state, async () => {
    await license.close()
    process.disconnect()
  })
}
