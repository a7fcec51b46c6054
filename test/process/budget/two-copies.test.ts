import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { limitedHub } from '../../support/limited-hub.js'

const run = promisify(execFile)
const host = fileURLToPath(new URL('../support/programs/two-copies.mjs', import.meta.url))
const built = (file: string) => fileURLToPath(new URL(`../../../dist/${file}`, import.meta.url))

it('two copies of the library in one process keep one budget, and both get their share', async () => {
  const hub = await limitedHub({ strategy: 'moving-window', limit: 6, windowMs: 1_000 })
  onTestFinished(hub.close)
  const options = {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    hub: hub.options,
    directory: hub.directory,
  }
  const words = [host, built('index.js'), built('index.cjs'), JSON.stringify(options), hub.licenseKey, '4000']
  const { stdout } = await run(process.execPath, words, { env: { PATH: process.env['PATH'] } })
  const answers: readonly number[] = JSON.parse(stdout)
  expect(hub.refused()).toBe(0)
  expect(Math.min(...answers)).toBeGreaterThan(2)
  // More than either would be allowed in the time that the first window takes.
  expect(hub.arrivals().length).toBeGreaterThan(6)
})
