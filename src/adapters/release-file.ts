import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'

/** What a release says of its file. */
export interface ReleaseFile {
  readonly filename: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex. */
  readonly sha256: string
}

/** Why there is nothing to say of a file. */
export type ReleaseFileProblem = 'not-a-file' | 'empty' | 'changing'

/**
 * Reads a file to its end, holding no more of it than a part.
 *
 * @throws What the operating system says.
 */
export async function readReleaseFile(path: string): Promise<ReleaseFile | ReleaseFileProblem> {
  const file = await open(path)
  try {
    const before = await file.stat()
    if (!before.isFile()) return 'not-a-file'
    if (before.size === 0) return 'empty'
    const hash = createHash('sha256')
    let size = 0
    for await (const part of file.createReadStream({ autoClose: false, highWaterMark: 1_048_576 })) {
      hash.update(part)
      size += part.length
    }
    const after = await file.stat()
    // Half of what a build writes would be vouched for.
    if (size !== after.size || before.mtimeMs !== after.mtimeMs) return 'changing'
    return { filename: basename(path), size, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}
