import fileSystem from 'node:fs'
import { join } from 'node:path'
import type { Lock } from '../ports/lock.js'
import { isErrorCode } from './error-code.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'

type Release = () => Promise<void>

/** Above this age a lock that is not renewed has been left behind; the least that proper-lockfile allows. */
const staleMs = 2_000
const renewMs = staleMs / 2
const pollMs = 25

/**
 * A lock that is a directory, since making one is atomic everywhere. Taking a free one needs no library; only when
 * somebody else holds it does proper-lockfile come in, which knows how to wait and when a lock has been left behind.
 */
export function directoryLock(locate: () => Promise<string>, files: FileSystem = nodeFileSystem): Lock {
  async function take(path: string): Promise<Release | 'contended' | 'unavailable'> {
    try {
      await files.makeDirectory(path)
    } catch (error) {
      return isErrorCode(error, 'EEXIST') ? 'contended' : 'unavailable'
    }
    const renewal = setInterval(() => void files.touch(path).catch(() => undefined), renewMs)
    renewal.unref()
    return async () => {
      clearInterval(renewal)
      await files.removeDirectory(path)
    }
  }

  return {
    async hold(name, patienceMs, operation) {
      const path = await locate().then(
        (directory) => join(directory, `${name}.lock`),
        () => undefined,
      )
      const taken = path === undefined ? 'unavailable' : await take(path)
      const lock = path !== undefined && taken === 'contended' ? await waitFor(files, path, patienceMs) : taken
      if (typeof lock === 'string') return operation(lock)
      try {
        return await operation('held')
      } finally {
        await lock().catch(() => undefined)
      }
    },
  }
}

async function waitFor(
  files: FileSystem,
  path: string,
  patienceMs: number,
): Promise<Release | 'contended' | 'unavailable'> {
  const age = await ageOf(files, path).catch(() => undefined)
  // Left behind under a clock that ran ahead, a lock would not grow stale before that time has come.
  if (age !== undefined && age < -staleMs) await files.touch(path).catch(() => undefined)
  // Hundreds who only ask whether it is free would each load a library for nothing.
  if (age !== undefined && age <= staleMs && patienceMs < pollMs) return 'contended'
  const { default: properLockfile } = await import('proper-lockfile')
  try {
    return await properLockfile.lock(path, {
      lockfilePath: path,
      // A copy: it notes the precision of times on the object that it is given, and the host's is not ours to change.
      fs: { ...fileSystem },
      realpath: false,
      stale: staleMs,
      update: renewMs,
      retries: { retries: Math.floor(patienceMs / pollMs), factor: 1, minTimeout: pollMs, maxTimeout: pollMs },
      // Without a handler, a lost lock is thrown from a timer and ends the host. Losing it is harmless here.
      onCompromised: () => undefined,
    })
  } catch (error) {
    // It also comes to grief when others take the lock, or give it up, between two of its steps.
    return isErrorCode(error, 'ELOCKED', 'ENOENT') ? 'contended' : 'unavailable'
  }
}

/** In milliseconds. Of a process that is halted while it looks, the time counts for nobody. */
async function ageOf(files: FileSystem, path: string): Promise<number> {
  const now = Date.now()
  const { modifiedAt } = await files.status(path)
  return now - modifiedAt
}
