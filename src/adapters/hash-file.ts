import type { Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const readAtOnce = 1_048_576

/** Feeds the bytes of a file to a hash. Answers how many there were. */
export async function hashFile(file: FileHandle, hash: Hash, signal: AbortSignal): Promise<number> {
  const buffers = [Buffer.allocUnsafe(readAtOnce), Buffer.allocUnsafe(readAtOnce)] as const
  let length = 0
  let turn = 0
  const readNext = (position: number) => {
    turn = 1 - turn
    return file.read(buffers[turn === 0 ? 0 : 1], 0, readAtOnce, position)
  }
  let reading = readNext(0)
  for (;;) {
    const { bytesRead, buffer } = await reading
    signal.throwIfAborted()
    if (bytesRead === 0) return length
    length += bytesRead
    // The disk reads the next piece while this one is hashed.
    reading = readNext(length)
    reading.catch(() => undefined)
    hash.update(buffer.subarray(0, bytesRead))
  }
}
