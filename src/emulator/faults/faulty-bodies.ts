import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import type { Delay } from '../options.js'
import { untilAborted } from './until-aborted.js'

type Body = ReadableStream<Uint8Array>

/** In the time of the machine, whatever the time of the hub: it is the operating system's buffers that are waited for. */
const arrivalMs = 30

/** Gives the bytes, then breaks as a connection does that is cut. */
export function cutBody(bytes: Uint8Array): Body {
  return streamOf(
    (async function* () {
      if (bytes.byteLength > 0) yield bytes
      // A client drops what it has received and not yet read once the connection is gone: bytes that were sent are to arrive.
      await wait(arrivalMs)
      throw new TypeError('terminated')
    })(),
  )
}

export function slowBody(
  bytes: Uint8Array,
  pace: { readonly bytes: number; readonly everyMs: number },
  delay: Delay,
  signal: AbortSignal,
): Body {
  return streamOf(
    (async function* () {
      for (let offset = 0; offset < bytes.byteLength; offset += pace.bytes) {
        await delay(pace.everyMs, signal)
        yield bytes.subarray(offset, offset + pace.bytes)
      }
    })(),
  )
}

/** A JSON string that is never closed. */
export function endlessBody(): Body {
  return streamOf(
    (async function* () {
      yield new TextEncoder().encode('{"license_key":"')
      const chunk = new Uint8Array(16_384).fill('A'.charCodeAt(0))
      for (;;) yield chunk
    })(),
  )
}

/** Gives the bytes, then nothing, as a server does that hangs. */
export function stalledBody(bytes: Uint8Array, signal: AbortSignal): Body {
  return streamOf(
    (async function* () {
      if (bytes.byteLength > 0) yield bytes
      await untilAborted(signal)
    })(),
  )
}

/** Gives the bytes, then others that nobody asked for. */
export function endlessFile(bytes: Uint8Array): Body {
  return streamOf(
    (async function* () {
      if (bytes.byteLength > 0) yield bytes
      const chunk = new Uint8Array(16_384)
      for (;;) yield chunk
    })(),
  )
}

/** Gzip of that many blanks: a thousandth of the size on the wire, and JSON's own white space once unpacked. */
export function gzipBomb(bytes: number): Body {
  const blanks = Buffer.alloc(65_536, ' ')
  const source = Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= blanks.byteLength) yield blanks.subarray(0, left)
    })(),
  )
  const packed = source.pipe(createGzip({ level: 9 }))
  packed.once('close', () => source.destroy())
  return streamOf(packed)
}

/** Pulled, never pushed: an endless body costs nothing while nobody reads it. */
function streamOf(chunks: AsyncIterable<Uint8Array>): Body {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
