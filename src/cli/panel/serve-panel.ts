import { createServer } from 'node:http'
import type { LicenseClient } from '../../index.js'
import type { PanelOptions } from '../../panel/index.js'
import type { PanelSession } from './session.js'

export interface ServedPanel {
  /** Opens the panel once. */
  readonly address: string
  close(): Promise<void>
}

/** Serves the panel on loopback, to whom the session knows. */
export async function servePanel(
  client: LicenseClient,
  session: PanelSession,
  port: number,
  terms: Pick<PanelOptions, 'downloadDirectory' | 'components'>,
): Promise<ServedPanel> {
  const { createPanelHandler, toNodeListener } = await import('../../panel/index.js')
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = server.address()
  const host = `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : port}`
  const panel = createPanelHandler(client, { ...terms, authorize: session.isKnown, hosts: [host] })
  // The token is looked at only under our own name, as everything else is.
  const isOwnHost = (request: Request) => request.headers.get('host') === host
  server.on(
    'request',
    toNodeListener(async (request) => (isOwnHost(request) && session.enter(request)) || panel(request)),
  )
  return {
    address: `http://${host}/?token=${session.token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // A browser keeps its connection; nobody waits for it.
        server.closeAllConnections()
      }),
  }
}
