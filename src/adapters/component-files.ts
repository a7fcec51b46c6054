import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, readlink, rename, rm, symlink, unlink } from 'node:fs/promises'
import { isErrorCode } from './error-code.js'
import { nodeFileSystem } from './file-system.js'
import { forceToDisk } from './force-to-disk.js'
import { makeDirectories } from './make-directories.js'

/** What is at a path, without following it where it is a link. */
export interface PathStatus {
  readonly kind: 'directory' | 'link' | 'other'
  readonly modifiedAt: number
}

/**
 * The calls to the operating system that installing a component is made of: each is a point at which a machine can fail
 * or lose power. What is made here must be readable by the product, which may run as another user.
 */
export interface ComponentFiles {
  makeDirectories(path: string): Promise<void>
  /** Rejects with EEXIST when it is there. */
  makeDirectory(path: string): Promise<void>
  /** Creates a file, writes what comes and forces it to the disk; rejects with EEXIST when it is there. */
  write(path: string, executable: boolean, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Makes `path` a link to a directory. */
  link(target: string, path: string): Promise<void>
  readLink(path: string): Promise<string>
  /** Puts the link at `from` in place of the link at `to`, at one stroke where the system can. */
  replaceLink(from: string, to: string): Promise<void>
  move(from: string, to: string): Promise<void>
  removeFile(path: string): Promise<void>
  /** Removes a directory with all that is in it. */
  removeTree(path: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  /** `undefined` when there is nothing. */
  status(path: string): Promise<PathStatus | undefined>
  /** Forces the names in a directory to the disk. */
  syncDirectory(path: string): Promise<void>
}

export const nodeComponentFiles: ComponentFiles = {
  async makeDirectories(path) {
    await makeDirectories(path)
  },

  async makeDirectory(path) {
    await mkdir(path)
  },

  async write(path, executable, content) {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
    const file = await open(path, flags, executable ? 0o777 : 0o666)
    try {
      for await (const piece of content) await file.writeFile(piece)
      await forceToDisk(file)
    } finally {
      await file.close()
    }
  },

  async link(target, path) {
    // Windows lets every user make junctions, but not symbolic links; elsewhere the type means nothing.
    await symlink(target, path, 'junction')
  },

  readLink: (path) => readlink(path),

  async replaceLink(from, to) {
    try {
      await rename(from, to)
    } catch (error) {
      // Windows cannot rename over a junction. A crash in between leaves no link, which the next call puts back.
      if (process.platform !== 'win32' || !isErrorCode(error, 'EPERM', 'EEXIST', 'EACCES')) throw error
      await unlink(to)
      await rename(from, to)
    }
  },

  move: rename,
  removeFile: unlink,

  async removeTree(path) {
    await rm(path, { recursive: true, force: true })
  },

  list: (directory) => readdir(directory),

  async status(path) {
    try {
      const found = await lstat(path)
      const kind = found.isSymbolicLink() ? 'link' : found.isDirectory() ? 'directory' : 'other'
      return { kind, modifiedAt: found.mtimeMs }
    } catch (error) {
      if (isErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined
      throw error
    }
  },

  syncDirectory: nodeFileSystem.syncDirectory,
}
