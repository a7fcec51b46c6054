import type { FileHandle } from 'node:fs/promises'
import { builtIn } from './built-in.js'
import { forceToDisk } from './force-to-disk.js'

export interface FileStatus {
  readonly isFile: boolean
  readonly modifiedAt: number
  /** Permission bits. */
  readonly mode: number
}

/**
 * The calls to the operating system that the store is made of, and no more: each is a point at which a machine can
 * fail or lose power. Every method rejects with Node's own errors.
 */
export interface FileSystem {
  /** Makes a directory and its parents, mode 0700. True when it was not there. */
  makeDirectories(path: string): Promise<boolean>
  /** Makes one directory; rejects with EEXIST when it is there. */
  makeDirectory(path: string): Promise<void>
  removeDirectory(path: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  read(path: string): Promise<Uint8Array>
  /** Creates a file, mode 0600, writes it and forces it to the disk; rejects with EEXIST when it is there. */
  create(path: string, content: Uint8Array): Promise<void>
  /** As `create`, but leaves it to the system when the content reaches the disk. */
  createVolatile(path: string, content: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Sets the time of a file's or directory's last change to the present. */
  touch(path: string): Promise<void>
  /** Forces the names in a directory to the disk. */
  syncDirectory(path: string): Promise<void>
  status(path: string): Promise<FileStatus>
}

/** Loaded by Node when something is first written: reading does without. */
const promises = () => builtIn.fileSystem().promises

export const nodeFileSystem: FileSystem = {
  async makeDirectories(path) {
    const { makeDirectories } = await import('./make-directories.js')
    return makeDirectories(path, 0o700)
  },

  async makeDirectory(path) {
    await promises().mkdir(path, { mode: 0o700 })
  },

  removeDirectory: (path) => promises().rmdir(path),

  list: (directory) => settled((settle) => builtIn.fileSystem().readdir(directory, settle)),

  async read(path) {
    return new Uint8Array(await settled<Buffer>((settle) => builtIn.fileSystem().readFile(path, settle)))
  },

  create: (path, content) => forced(path, 'wx', (file) => file.writeFile(content)),

  async createVolatile(path, content) {
    await promises().writeFile(path, content, { flag: 'wx', mode: 0o600 })
  },

  async touch(path) {
    const now = new Date()
    await promises().utimes(path, now, now)
  },

  rename: (from, to) => promises().rename(from, to),
  link: (from, to) => promises().link(from, to),
  remove: (path) => promises().unlink(path),

  async syncDirectory(path) {
    // Windows cannot open a directory, and orders these writes by itself.
    if (process.platform !== 'win32') await forced(path, 'r')
  },

  async status(path) {
    const found = await promises().stat(path)
    return { isFile: found.isFile(), modifiedAt: found.mtimeMs, mode: found.mode & 0o777 }
  },
}

/** Opens a file or a directory, and forces what is done with it to the disk. */
async function forced(path: string, flag: string, work?: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await promises().open(path, flag, 0o600)
  try {
    await work?.(file)
    await forceToDisk(file)
  } finally {
    await file.close()
  }
}

/** What one of Node's calls gives to its callback. */
function settled<Value>(call: (settle: (error: Error | null, value: Value) => void) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)))
  })
}
