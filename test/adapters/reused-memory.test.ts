import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { Agent, buildConnector } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { onePiece, reusedMemory } from '../../src/adapters/reused-memory.js'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import type { Transport } from '../../src/ports/transport.js'
import { type Certificate, selfSignedCertificate } from '../support/certificate.js'
import { wireServer } from '../support/wire-server.js'

const size = 8 * 1_048_576
/** Every piece of it looks different. */
const file = Buffer.alloc(size)
for (let index = 0; index < size / 4; index += 1) file.writeUInt32LE((index * 2_654_435_761) % 2 ** 32, index * 4)
const sha256 = createHash('sha256').update(file).digest('hex')

/** As the transport's own connections are made, of which none trusts a certificate of a test. */
function transportTrusting({ cert }: Certificate): Transport {
  const agent = new Agent({
    connect(target, callback) {
      let opened: Socket | null = null
      const reading = {
        highWaterMark: onePiece,
        onread: reusedMemory((piece) => opened?.push(piece) ?? true),
      }
      buildConnector({ ca: cert, ...reading })(target, (...result) => {
        opened = result[1]
        callback(...result)
      })
    },
  })
  onTestFinished(() => agent.close())
  return undiciTransport(agent)
}

/** Writes the file in pieces of `pieceBytes`. */
async function serve(pieceBytes: number, certificate?: Certificate): Promise<string> {
  const server = await wireServer({
    ...(certificate && { certificate }),
    async respond(_request, socket) {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`)
      for (let sent = 0; sent < size; sent += pieceBytes) {
        if (!socket.write(file.subarray(sent, sent + pieceBytes))) await once(socket, 'drain')
      }
    },
  })
  onTestFinished(() => server.close())
  return server.origin
}

async function digestOf(transport: Transport, url: string): Promise<string> {
  const signal = new AbortController().signal
  const result = await transport.stream({ method: 'GET', url, headers: {}, body: null, publicOnly: false, signal })
  if (!result.ok) throw result.cause
  const hash = createHash('sha256')
  for await (const piece of result.response.body) {
    // Meanwhile everything that may be read ahead is read ahead.
    for (let turn = 0; turn < 3; turn += 1) await setImmediate()
    hash.update(piece)
  }
  return hash.digest('hex')
}

describe('a file that is read into the same memory round and round', () => {
  it.each([1_021, 16_384, 65_536, 1_048_576])(
    'keeps each piece until the next is asked for, sent %i bytes at once',
    async (pieceBytes) => {
      const transport = undiciTransport()
      onTestFinished(() => transport.close())
      expect(await digestOf(transport, await serve(pieceBytes))).toBe(sha256)
    },
  )

  it.each([1_021, 65_536])('keeps them over TLS too, sent %i bytes at once', async (pieceBytes) => {
    const certificate = selfSignedCertificate('127.0.0.1')
    expect(await digestOf(transportTrusting(certificate), await serve(pieceBytes, certificate))).toBe(sha256)
  })

  it('takes no more of it for more pieces', () => {
    const memory = new Set<ArrayBufferLike>()
    const { buffer, callback } = reusedMemory((piece) => {
      memory.add(piece.buffer)
      return true
    })
    for (let turn = 0; turn < 1_000; turn += 1) {
      const bytes = typeof buffer === 'function' ? buffer() : buffer
      callback(Math.min(bytes.length, 40_000), bytes)
    }
    expect(memory.size).toBe(8)
  })
})
