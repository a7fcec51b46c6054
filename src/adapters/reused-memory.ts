import type { OnReadOpts } from 'node:net'

const blockBytes = 65_536

/** Of a shorter rest no use is made: each call to the system has its price. */
const shortestRead = 16_384

/**
 * More than a connection ever holds: its stream and that of the body stop the flow at {@link onePiece}, and whoever reads
 * has another one. What TLS has decrypted at once runs over that by a block.
 */
const blocks = 8

/**
 * The `highWaterMark` of a stream that gets one piece at a time. With any other, a stream asks for the next before it
 * hands out the one that it has, and then copies both into one.
 */
export const onePiece = 0

/**
 * Memory that a connection reads into, round and round. Node would take new memory for each piece, and V8 looks for what
 * nobody needs any more only when there are tens of MiB of it.
 *
 * @param push - Passes a piece on. False stops the flow.
 */
export function reusedMemory(push: (piece: Uint8Array) => boolean): OnReadOpts {
  const ring: Buffer[] = []
  let turn = 0
  let used = 0
  return {
    buffer() {
      if (blockBytes - used < shortestRead) {
        turn = (turn + 1) % blocks
        used = 0
      }
      const block = ring[turn] ?? Buffer.allocUnsafeSlow(blockBytes)
      ring[turn] = block
      return block.subarray(used)
    },
    callback(length, bytes) {
      used += length
      return push(bytes.subarray(0, length))
    },
  }
}
