import { join } from 'node:path'
import type { Lock } from '../ports/lock.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'

type Release = () => Promise<void>

/**
 * A lock that is a directory, since making one is atomic everywhere. Taking a free one needs no library; only when
 * somebody else holds it does proper-lockfile come in, which knows how to wait and when a lock has been left behind.
 */
export function directoryLock(locate: () => Promise<string>, files: FileSystem = nodeFileSystem): Lock {
  async function take(path: string): Promise<Release | undefined> {
    try {
      await files.makeDirectory(path)
      return () => files.removeDirectory(path)
    } catch {
      return undefined
    }
  }

  return {
    async hold(name, patienceMs, operation) {
      const path = await locate().then(
        (directory) => join(directory, `${name}.lock`),
        () => undefined,
      )
      const release = path === undefined ? undefined : ((await take(path)) ?? (await waitFor(path, patienceMs)))
      try {
        return await operation()
      } finally {
        await release?.().catch(() => undefined)
      }
    },
  }
}

const pollMs = 25

/** Above this age a lock that is not renewed has been left behind; the least that proper-lockfile allows. */
const staleMs = 2_000

async function waitFor(path: string, patienceMs: number): Promise<Release | undefined> {
  const { default: properLockfile } = await import('proper-lockfile')
  try {
    return await properLockfile.lock(path, {
      lockfilePath: path,
      realpath: false,
      stale: staleMs,
      update: staleMs / 2,
      retries: { retries: Math.floor(patienceMs / pollMs), factor: 1, minTimeout: pollMs, maxTimeout: pollMs },
      // Without a handler, a lost lock is thrown from a timer and ends the host. Losing it is harmless here.
      onCompromised: () => undefined,
    })
  } catch {
    return undefined
  }
}
