import { connect } from 'node:net'
import { httpBytes } from './http-bytes.js'
import { type WireServer, wireServer } from './wire-server.js'

/** An HTTP proxy on loopback that opens a tunnel to one place, wherever it is asked to go, or refuses to. */
export async function connectProxy(
  behavior: { readonly tunnelTo: number } | { readonly status: number },
): Promise<WireServer> {
  return wireServer({
    respond: (_request, socket) => {
      if ('status' in behavior) {
        socket.end(
          httpBytes({ status: behavior.status, headers: [['content-type', 'text/html']], body: '<h1>No</h1>' }),
        )
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
