import { connect, createServer, type Socket } from 'node:net'
import { listening } from './wire-server.js'

/** What becomes of a connection on its way to the server. */
export type LineFault =
  /** Everything gets through. */
  | { readonly kind: 'none' }
  /** The answer breaks off after so many bytes. */
  | { readonly kind: 'cut-answer'; readonly afterBytes: number }
  /** The same, with a reset where `cut-answer` ends politely. */
  | { readonly kind: 'reset-answer'; readonly afterBytes: number }
  /** The request arrives, the answer never does. */
  | { readonly kind: 'lose-answer' }
  /** Nothing arrives anywhere. */
  | { readonly kind: 'silence' }

/** A TCP proxy on loopback that damages what passes. */
export interface FaultProxy {
  readonly port: number
  setFault(fault: LineFault): void
  close(): Promise<void>
}

export async function faultProxy(targetPort: number, initial: LineFault = { kind: 'none' }): Promise<FaultProxy> {
  let fault = initial
  const sockets = new Set<Socket>()
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    track(client)
    if (fault.kind === 'silence') return
    const upstream = connect(targetPort, '127.0.0.1')
    track(upstream)
    client.pipe(upstream)
    client.on('close', () => upstream.destroy())
    answerThrough(fault, client, upstream)
  })
  const port = await listening(server, '127.0.0.1')
  return {
    port,
    setFault(next) {
      fault = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function answerThrough(fault: LineFault, client: Socket, upstream: Socket): void {
  switch (fault.kind) {
    case 'none':
      upstream.pipe(client)
      return
    case 'lose-answer':
      upstream.on('data', () => client.destroy())
      return
    case 'cut-answer':
    case 'reset-answer': {
      let left = fault.afterBytes
      upstream.on('data', (chunk: Buffer) => {
        const kept = chunk.subarray(0, left)
        left -= kept.length
        client.write(kept, () => {
          if (left > 0) return
          if (fault.kind === 'cut-answer') client.end()
          else client.resetAndDestroy()
        })
      })
      return
    }
    case 'silence':
      return
  }
}
