import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type * as Library from '../src/index.js'
import type { RequestReport } from '../src/index.js'
import { productOn } from './activated-license.js'
import type { EventLoopOrder, EventLoopReport } from './event-loop-order.js'
import { silentPath } from './hub.js'
import { work } from './worker-process.js'

/** As a product has it: compiled into this program, all of it would be loaded at once. */
const { createLicenseClient }: typeof Library = await import(
  pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href
)

/** Long enough for whatever the first question has to load, on a slow machine too. */
const deadlineMs = 1_000
/** How long what came of a question may take to be on disk. */
const settlingMs = 200

/** Runs `operation` amid turns of the event loop that follow each other without a pause, and answers the longest gap. */
async function longestGap(operation: () => Promise<void>): Promise<number> {
  let longest = 0
  let last = performance.now()
  let ended = false
  const turn = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!ended) setImmediate(turn)
  }
  setImmediate(turn)
  await delay(20)
  // What the watching itself cost at first is not the operation's.
  longest = 0
  await operation()
  ended = true
  return longest
}

await work<EventLoopOrder, EventLoopReport>(async ({ hub, directories, answers }) => {
  const product = productOn(hub)

  async function askBehind(directory: string): Promise<void> {
    const client = createLicenseClient({
      ...product,
      hub: { ...product.hub, ...(!answers && { routes: { verify: silentPath } }) },
      directory,
      verifyIntervalMs: 0,
    })
    const asked = new Promise<RequestReport>((resolve, reject) => {
      client.on('request', resolve)
      // Of a request that is not sent in time there is no report.
      const tooLate = () => reject(new Error('No request was sent in time: the machine has too much else to do.'))
      setTimeout(tooLate, 2 * deadlineMs).unref()
    })
    const { state, source } = await client.verify({ wait: false, deadlineMs })
    if (state !== 'grace' || source !== 'record') throw new Error(`Not a stale record: ${state} by ${source}`)
    const { outcome } = await asked
    if (outcome !== (answers ? 'answer' : 'timeout')) throw new Error(`The hub did not do as it was told: ${outcome}.`)
    await delay(settlingMs)
    await client.close()
  }

  return async () => ({
    idle: await longestGap(async () => void (await delay(settlingMs))),
    cold: await longestGap(() => askBehind(directories.cold)),
    warm: await longestGap(() => askBehind(directories.warm)),
  })
})
