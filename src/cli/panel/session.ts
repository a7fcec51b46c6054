import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may use a panel that the command line serves: the browser that it opened, and no other. */
export interface PanelSession {
  /** Opens the panel once: the address that the browser is sent to holds it. */
  readonly token: string
  /** Lets a browser in that brings the token; `undefined` for every other request. */
  enter(request: Request): Response | undefined
  isKnown(request: Request): boolean
}

const secret = () => randomBytes(32).toString('base64url')

export function createPanelSession(): PanelSession {
  const token = secret()
  const session = secret()
  // Browsers keep cookies by host, whatever the port: two panels on this machine must not sign each other out.
  const cookie = `flavor-license-panel-${secret().slice(0, 8)}`
  let entered = false

  return {
    token,
    enter(request) {
      const { pathname, searchParams } = new URL(request.url)
      const given = searchParams.get('token')
      if (request.method !== 'GET' || pathname !== '/' || given === null) return undefined
      // The address stays in the history of the browser and may be read there: it works once (replay).
      if (entered || !isSame(given, token))
        return new Response('This address has been used. Start the panel again.', { status: 403 })
      entered = true
      return new Response(null, {
        status: 303,
        headers: {
          location: '/',
          // Out of reach of scripts, and never sent with what another site's page asks for.
          'set-cookie': `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        },
      })
    },
    isKnown(request) {
      const cookies = (request.headers.get('cookie') ?? '').split('; ')
      return cookies.some((entry) => entry.startsWith(`${cookie}=`) && isSame(entry.slice(cookie.length + 1), session))
    },
  }
}

/** Takes as long for a guess that is nearly right as for one that is not (timing). */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
