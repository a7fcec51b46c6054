import { PanelError } from './panel-error.js'

/** Decides whether whoever sent a request may manage the license. */
export type Authorize = (request: Request) => boolean | Promise<boolean>

export interface Gate {
  /** For everything that is served. Rejects with a PanelError. */
  admit(request: Request): Promise<void>
  /** For what only the panel's own page may ask. Throws a PanelError. */
  requireOwnPage(request: Request): void
}

/** The panel's page sends it with every call. A page of another origin cannot without asking first (preflight). */
export const ownPageHeader = 'x-flavor-license-panel'

export function createGate(hosts: readonly string[], authorize: Authorize): Gate {
  const served = new Set(hosts.map((host) => host.toLowerCase()))

  return {
    async admit(request) {
      // A name of the attacker's that leads to this machine makes the panel same-origin with the attacker's page (DNS
      // rebinding). The name that the browser was told is in the Host header, and it is none of ours.
      // The address says what a framework makes of it, often the server's own name.
      if (!served.has(hostOfRequest(request))) throw new PanelError('wrong-host')
      if ((await authorize(request)) !== true) throw new PanelError('not-authorized')
    },

    requireOwnPage(request) {
      // Another site's page acts with the user's cookies (CSRF). Each of the three is enough in a browser that has it;
      // together they hold in one that lacks some.
      if (request.headers.get(ownPageHeader) === null) throw new PanelError('cross-origin')
      const site = request.headers.get('sec-fetch-site')
      if (site !== null && site !== 'same-origin') throw new PanelError('cross-origin')
      const origin = request.headers.get('origin')
      if (origin !== null && hostOf(origin) !== hostOfRequest(request)) throw new PanelError('cross-origin')
    },
  }
}

function hostOfRequest(request: Request): string {
  return (request.headers.get('host') ?? new URL(request.url).host).toLowerCase()
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : undefined
}
