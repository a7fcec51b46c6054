import { connect } from 'node:net'
import { httpBytes } from './http-bytes.js'
import { type WireServer, wireServer } from './wire-server.js'

/** Opens a tunnel to one place, wherever it is asked to go; answers with a status; or ends the connection. */
export type ProxyBehavior = { readonly tunnelTo: number } | { readonly status: number } | 'hang-up'

/** An HTTP proxy on loopback. */
export async function connectProxy(behavior: ProxyBehavior): Promise<WireServer> {
  return wireServer({
    respond: (_request, socket) => {
      if (behavior === 'hang-up') {
        socket.destroy()
        return
      }
      if ('status' in behavior) {
        const headers = [['content-type', 'text/html']] as const
        socket.end(httpBytes({ status: behavior.status, headers, body: '<h1>No</h1>' }))
        return
      }
      const upstream = connect(behavior.tunnelTo, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.removeAllListeners('data')
        socket.pipe(upstream).pipe(socket)
      })
      upstream.on('error', () => socket.destroy())
      socket.on('close', () => upstream.destroy())
    },
  })
}
