import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

export interface FileDigest {
  /** Bytes. */
  readonly size: number
  /** In hex. */
  readonly sha256: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

/** Reads a file to its end without holding more of it than a part. */
export function digestFile(path: string): FileDigest {
  const descriptor = openSync(path, 'r')
  try {
    const { mtimeMs: modifiedAt } = fstatSync(descriptor)
    const hash = createHash('sha256')
    const part = Buffer.alloc(1_048_576)
    let size = 0
    for (let read = readSync(descriptor, part); read > 0; read = readSync(descriptor, part)) {
      hash.update(part.subarray(0, read))
      size += read
    }
    return { size, sha256: hash.digest('hex'), modifiedAt }
  } finally {
    closeSync(descriptor)
  }
}
