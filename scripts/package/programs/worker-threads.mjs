// Three threads verify one record at once.

import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

if (isMainThread) {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const options = {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory: mkdtempSync(join(tmpdir(), 'flavor-license-threads-')),
  }
  const license = createLicenseClient(options)
  await license.activate(key)
  await license.close()
  const threads = [1, 2, 3].map(() => new Worker(new URL(import.meta.url), { workerData: options }))
  const states = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0]))
  if (states.join() !== 'licensed,licensed,licensed') throw new Error(`The threads say ${states}.`)
  await hub.close()
} else {
  const { parentPort } = await import('node:worker_threads')
  const license = createLicenseClient(workerData)
  parentPort.postMessage((await license.verify({ fresh: true })).state)
  await license.close()
}
