// Three threads verify one record at once.
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { key, openHub } from './hub.cjs'

if (isMainThread) {
  const hub = await openHub(createEmulator)
  const license = createLicenseClient(hub.options)
  await license.activate(key)
  await license.close()
  const threads = [1, 2, 3].map(() => new Worker(new URL(import.meta.url), { workerData: hub.options }))
  const states = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0]))
  if (states.join() !== 'licensed,licensed,licensed') throw new Error(`The threads say ${states}.`)
  await hub.close()
} else {
  const license = createLicenseClient(workerData)
  parentPort.postMessage((await license.verify({ fresh: true })).state)
  await license.close()
}
