import { createServer, type Server } from 'node:http'
import type { LicenseClient, Verdict } from 'flavor-license'

const minuteMs = 60_000

/**
 * Makes sure of the license at the start of a container. The key comes with the deployment, so that nobody has to enter
 * it; activating again takes no second slot. Answers what became of it, for the log.
 *
 * @param signal - Aborts when the container ends.
 */
export async function startLicense(license: LicenseClient, licenseKey: string, signal: AbortSignal): Promise<string> {
  license.start()
  const verdict = await license.verify()
  if (!needsKey(verdict)) return verdict.message
  const activation = await license.activate(licenseKey, { signal })
  if (activation.outcome === 'activated') return activation.verdict.message
  if (activation.outcome === 'deferred') {
    // Nobody said no. A container that starts while the hub is away must not stay without a license once it is back.
    const again = () => startLicense(license, licenseKey, signal).catch(() => undefined)
    const timer = setTimeout(again, Math.max(minuteMs, activation.retryAt - Date.now()))
    signal.addEventListener('abort', () => clearTimeout(timer))
  }
  return activation.message
}

function needsKey(verdict: Verdict): boolean {
  return verdict.state === 'unknown' || (verdict.state === 'unlicensed' && verdict.reason === 'not-activated')
}

/** Works while the license does. A container that is alive but not licensed says why, instead of ending. */
export function createService(license: LicenseClient): Server {
  return createServer(({ url }, response) => {
    const { state, message } = license.status()
    if (url === '/health') response.end(JSON.stringify({ license: state, message }))
    else if (state === 'licensed' || state === 'grace') response.end('Work is done here.')
    else response.writeHead(402).end(message)
  })
}
