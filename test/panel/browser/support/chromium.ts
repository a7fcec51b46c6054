import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

/** Nothing of its own leaves this machine, and each start has a new, empty profile. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One browser for the tests of a suite; each opens contexts of its own in it. */
export function withChromium(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: quiet })
  }, 60_000)
  afterAll(async () => browser?.close())
  return () => {
    if (!browser) throw new Error('The browser has not been started.')
    return browser
  }
}
