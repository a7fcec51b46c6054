import { join } from 'node:path'
import type { LedgerStore, LedgerVersion } from '../ports/ledger-store.js'
import { lacksLinks, temporarySuffix } from './atomic-file.js'
import { builtIn } from './built-in.js'
import { isErrorCode } from './error-code.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'

/** How many versions stay. A process that fell behind by more than half of them is told to start over. */
const kept = 8

const readAttempts = 16

/** Strict, since one ledger's name may begin with another's. */
const versionForm = /^[0-9a-z]{9}$/

/**
 * Ledgers as files, a file a version: linking a name that exists fails, so that of several processes one alone
 * advances a version. Nothing is forced to the disk: after a power cut the machine has been silent for long enough.
 */
export function fileLedgerStore(locate: () => Promise<string>, files: FileSystem = nodeFileSystem): LedgerStore {
  async function versions(directory: string, name: string): Promise<readonly number[]> {
    const names = await files.list(directory).catch((error: unknown) => {
      if (isErrorCode(error, 'ENOENT')) return []
      throw error
    })
    const prefix = `${name}-`
    return names
      .filter((other) => other.startsWith(prefix) && versionForm.test(other.slice(prefix.length)))
      .map((other) => Number.parseInt(other.slice(prefix.length), 36))
      .sort((a, b) => b - a)
  }

  const pathOf = (directory: string, name: string, version: number) =>
    join(directory, `${name}-${version.toString(36).padStart(9, '0')}`)

  async function remove(path: string): Promise<void> {
    await files.remove(path).catch(() => undefined)
  }

  return {
    async read(name): Promise<LedgerVersion> {
      const directory = await locate()
      for (let attempt = 0; attempt < readAttempts; attempt += 1) {
        const [version] = await versions(directory, name)
        if (version === undefined) return { version: 0, content: undefined }
        try {
          return { version, content: await files.read(pathOf(directory, name, version)) }
        } catch (error) {
          // Others have advanced so far since the listing that this version is gone.
          if (!isErrorCode(error, 'ENOENT')) throw error
        }
      }
      throw new Error('The ledger changes faster than it can be read.')
    },

    async advance(name, version, content) {
      const directory = await locate()
      await files.makeDirectories(directory)
      const next = version + 1
      const path = pathOf(directory, name, next)
      const temporary = join(directory, `.${builtIn.crypto().randomBytes(9).toString('base64url')}${temporarySuffix}`)
      try {
        await files.createVolatile(temporary, content)
        await files.link(temporary, path).catch((error: unknown) => {
          if (!lacksLinks(error)) throw error
          return files.createVolatile(path, content)
        })
      } catch (error) {
        if (isErrorCode(error, 'EEXIST')) return false
        throw error
      } finally {
        await remove(temporary)
      }

      // The name may have been free only because the version has long been overtaken and removed.
      const present = await versions(directory, name)
      if ((present[0] ?? next) > next + kept / 2) {
        await remove(path)
        return false
      }
      for (const old of present.slice(kept)) await remove(pathOf(directory, name, old))
      return true
    },
  }
}
