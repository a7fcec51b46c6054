import { dirname, join, relative, resolve, sep } from 'node:path'
import {
  type ArchiveFault,
  isArchiveFault,
  planUnpacking,
  unpackingLimits,
} from '../domain/component/unpacking-plan.js'
import { ArchiveDamage, type ArchiveReader, type OpenArchive } from '../ports/archive.js'
import type { ComponentPlace, ComponentStore, ComponentTarget } from '../ports/component-store.js'
import { builtIn } from './built-in.js'
import { type ComponentFiles, nodeComponentFiles } from './component-files.js'
import { isErrorCode } from './error-code.js'

/** Loads what reads archives when the first is read: most starts of a product read none. */
const zipArchiveOnDemand: ArchiveReader = {
  read: async (...terms) => (await import('./zip-archive.js')).zipArchive.read(...terms),
}

/** Holds the versions, out of sight of whoever lists the components. */
const hiddenDirectory = '.flavor-license'
const linkSuffix = '.link'
const archiveSuffix = '.zip'

/** What has not changed for this long is nobody's work any more. */
const abandonedAfterMs = 60 * 60_000
const sweptAtOnce = 8

/**
 * Components in a directory of the product:
 *
 * ```
 * card-payments -> .flavor-license/<license>/card-payments/2.1.0-kq3x
 * .flavor-license/<license>/card-payments/2.0.0-p7ab/…
 * .flavor-license/<license>/card-payments/2.1.0-kq3x/…
 * ```
 *
 * A link is the one thing that every system can replace at one stroke: a directory that is renamed away leaves nothing
 * behind for a moment, and the process may end in it.
 */
export function componentDirectory(
  archives: ArchiveReader = zipArchiveOnDemand,
  files: ComponentFiles = nodeComponentFiles,
): ComponentStore {
  const linkPath = ({ directory, slug }: ComponentPlace) => join(directory, slug)
  const versionsPath = ({ directory, scope, slug }: ComponentPlace) => join(directory, hiddenDirectory, scope, slug)
  const folderPath = (place: ComponentPlace, folder: string) => join(versionsPath(place), folder)

  async function syncUpwards(from: string, to: string): Promise<void> {
    for (let path = from; path.length >= to.length; path = dirname(path)) await files.syncDirectory(path)
  }

  async function write(archive: OpenArchive, root: string, signal?: AbortSignal): Promise<ArchiveFault | undefined> {
    const plan = planUnpacking(archive.entries, archive.size)
    if (isArchiveFault(plan)) return plan
    const directories = plan.directories.map((path) => join(root, path))
    await files.makeDirectory(root)
    for (const path of directories) await files.makeDirectory(path)
    for (const entry of plan.files) {
      signal?.throwIfAborted()
      try {
        await files.write(join(root, entry.name), entry.executable, entry.content())
      } catch (error) {
        if (error instanceof ArchiveDamage) return { problem: 'damaged', entry: entry.name }
        throw error
      }
    }
    for (const path of [...directories, root]) await files.syncDirectory(path)
    return undefined
  }

  async function removeLink(place: ComponentPlace): Promise<void> {
    await files.removeFile(linkPath(place)).catch((error: unknown) => {
      if (!isErrorCode(error, 'ENOENT')) throw error
    })
  }

  async function target(place: ComponentPlace): Promise<ComponentTarget> {
    const found = await files.status(linkPath(place))
    if (!found) return { kind: 'none' }
    if (found.kind !== 'link') return { kind: 'foreign' }
    const hidden = join(place.directory, hiddenDirectory)
    const steps = relative(hidden, resolve(place.directory, await files.readLink(linkPath(place)))).split(sep)
    const [scope, slug, folder] = steps
    if (steps.length !== 3 || scope === '..' || folder === undefined) return { kind: 'foreign' }
    return scope === place.scope && slug === place.slug ? { kind: 'folder', folder } : { kind: 'another' }
  }

  async function isAbandoned(path: string): Promise<boolean> {
    const found = await files.status(path)
    return found !== undefined && Date.now() - found.modifiedAt > abandonedAfterMs
  }

  return {
    async claim(place, archive, folder) {
      const claimed = join(versionsPath(place), `${folder}${archiveSuffix}`)
      await files.makeDirectories(versionsPath(place))
      try {
        await files.move(archive, claimed)
        return claimed
      } catch (error) {
        if (isErrorCode(error, 'ENOENT')) return undefined
        throw error
      }
    },

    async unpack(place, folder, archive, signal) {
      const root = folderPath(place, folder)
      const read = await archives.read(archive, unpackingLimits.entries, (open) => write(open, root, signal))
      if (!read) await syncUpwards(versionsPath(place), place.directory)
      return read
    },

    target,

    async use(place, folder) {
      const path = folderPath(place, folder)
      const link = join(versionsPath(place), `${builtIn.crypto().randomBytes(9).toString('hex')}${linkSuffix}`)
      // Relative, so that a product can be moved. A junction of Windows cannot be.
      await files.link(process.platform === 'win32' ? path : relative(place.directory, path), link)
      try {
        await files.replaceLink(link, linkPath(place))
      } catch (error) {
        await files.removeFile(link).catch(() => undefined)
        throw error
      }
      await files.syncDirectory(place.directory)
    },

    async release(place) {
      await removeLink(place)
      await files.syncDirectory(place.directory)
    },

    async has(place, folder) {
      return (await files.status(folderPath(place, folder)))?.kind === 'directory'
    },

    async sweep(place, kept, outdated) {
      const root = versionsPath(place)
      const inUse = await target(place)
      const spared = new Set(inUse.kind === 'folder' ? [...kept, inUse.folder] : kept)
      const present = (await files.list(root)).filter((name) => !spared.has(name))
      let removed = 0
      for (const name of present) {
        if (removed === sweptAtOnce) return
        if (!outdated.includes(name) && !(await isAbandoned(join(root, name)))) continue
        await files.removeTree(join(root, name))
        removed += 1
      }
    },

    async discard(archive) {
      await files.removeFile(archive).catch(() => undefined)
    },

    pathOf: linkPath,
    folderPath,
    downloadDirectory: ({ directory, scope }) => join(directory, hiddenDirectory, scope, '.downloads'),
  }
}
