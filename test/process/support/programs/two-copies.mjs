/**
 * A host with two copies of the library, an ES module and a CommonJS one, each of which asks for a site of its own
 * without a pause. Arguments: the two entry points, the options, the key, and for how many milliseconds.
 */
import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'

const [esm, cjs, options, key, ms] = process.argv.slice(2)
const copies = [await import(esm), createRequire(import.meta.url)(cjs)]
if (copies[0].createLicenseClient === copies[1].createLicenseClient) throw new Error('There is one copy alone.')

const clients = copies.map((copy, index) =>
  copy.createLicenseClient({ ...JSON.parse(options), domain: `site-${index}.com` }),
)
for (const client of clients) await client.activate(key)
const end = performance.now() + Number(ms)
const answers = clients.map(async (client) => {
  let count = 0
  while (performance.now() < end) {
    const { source, lastAttempt } = await client.verify({ fresh: true, deadlineMs: 1_500 })
    if (source === 'hub') count += 1
    else await delay(Math.max(1, (lastAttempt?.retryAt ?? 0) - Date.now()))
  }
  return count
})
process.stdout.write(`${JSON.stringify(await Promise.all(answers))}\n`)
