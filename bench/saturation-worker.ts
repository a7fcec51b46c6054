import { setTimeout as delay } from 'node:timers/promises'
import Bottleneck from 'bottleneck'
import pThrottle from 'p-throttle'
import { createLicenseClient } from '../src/index.js'
import type { ContenderName, SaturationOrder } from './saturation-order.js'
import { work } from './worker-process.js'

/** Asks over and over until `signal` aborts. */
type Asking = (signal: AbortSignal) => Promise<void>

type Contender = (order: SaturationOrder) => Promise<Asking>

/** This library: the processes find each other through the directory that they share, and need not know of each other. */
const own: Contender = async ({ hub, licenseKey, index, directory }) => {
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    // Its own: products on one domain would share each other's answers.
    domain: `site-${index}.com`,
    hub,
    directory,
    fetch: globalThis.fetch,
  })
  const activated = await client.activate(licenseKey, { deadlineMs: 120_000 })
  if (activated.outcome !== 'activated') throw new Error(`The license was not activated: ${activated.reason}.`)
  return async (signal) => {
    const { lastAttempt } = await client.verify({ fresh: true, deadlineMs: 15_000, signal })
    if (lastAttempt) await delay(Math.max(0, lastAttempt.retryAt - Date.now()), undefined, { signal })
  }
}

/**
 * The others count within one process. So each is told how many there are, which no product knows, and takes its share:
 * a whole number of requests in the time in which it is entitled to them.
 */
function shareOf({ limit, windowMs, processes }: SaturationOrder): {
  readonly limit: number
  readonly windowMs: number
} {
  const share = Math.max(1, Math.floor(limit / processes))
  return { limit: share, windowMs: (share * windowMs * processes) / limit }
}

const byThrottle: Contender = async (order) => {
  const share = shareOf(order)
  const throttled = pThrottle({ limit: share.limit, interval: share.windowMs, strict: true })(() => ask(order))
  return () => throttled()
}

const byBottleneck: Contender = async (order) => {
  const share = shareOf(order)
  // It takes quarters of a second only.
  const interval = Math.ceil(share.windowMs / 250) * 250
  const bottleneck = new Bottleneck({
    reservoir: share.limit,
    reservoirRefreshAmount: share.limit,
    reservoirRefreshInterval: interval,
  })
  return () => bottleneck.schedule(() => ask(order))
}

const byEvenPacing: Contender = async (order) => {
  const { limit, windowMs, processes, index } = order
  const stepMs = windowMs / limit
  let next: number | undefined
  return async (signal) => {
    next = next === undefined ? performance.now() + index * stepMs : next + processes * stepMs
    await delay(Math.max(0, next - performance.now()), undefined, { signal })
    await ask(order)
  }
}

const waysToAsk: Readonly<Record<ContenderName, Contender>> = {
  'flavor-license': own,
  'p-throttle': byThrottle,
  bottleneck: byBottleneck,
  'even pacing': byEvenPacing,
}

async function ask({ hub, licenseKey }: SaturationOrder): Promise<void> {
  const question = { license_key: licenseKey, product_slug: 'flavor-starter', domain: 'mysite.com' }
  const asked = fetch(`${hub.url}/license/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })
  // The hub closes idle connections, and a request may meet one at its end.
  await asked.then((response) => response.arrayBuffer()).catch(() => undefined)
}

await work<SaturationOrder, object>(async (order) => {
  const asking = await waysToAsk[order.contender](order)
  return async () => {
    const signal = AbortSignal.timeout(order.durationMs)
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    const askOn = async () => {
      while (!signal.aborted) await asking(signal)
    }
    // Some cannot be stopped while they wait for their turn.
    await Promise.race([ended, askOn().catch((error) => (signal.aborted ? undefined : Promise.reject(error)))])
    return {}
  }
})
