import { createServer, type Server } from 'node:http'
import type { LicenseClient, Verdict } from 'flavor-license'

/**
 * Makes sure of the license at the start of a container. The key comes with the deployment, so that nobody has to enter
 * it; activating again takes no second slot.
 */
export async function startLicense(license: LicenseClient, licenseKey: string): Promise<Verdict> {
  const verdict = await license.verify()
  const needsKey = verdict.state === 'unknown' || (verdict.state === 'unlicensed' && verdict.reason === 'not-activated')
  if (needsKey) await license.activate(licenseKey)
  license.start()
  return license.status()
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
