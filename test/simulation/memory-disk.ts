import { dirname, join } from 'node:path'
import type { FileSystem } from '../../src/adapters/file-system.js'
import type { Clock } from '../../src/ports/clock.js'

interface FileContent {
  readonly bytes: Uint8Array
  /** Whether the bytes have been forced to the disk: otherwise a power cut leaves any part of them. */
  readonly forced: boolean
  readonly modifiedAt: number
}

/** A change of names that the directory has not been forced to the disk for yet. */
interface NameChange {
  readonly directory: string
  readonly apply: (names: Map<string, FileContent>) => void
}

/**
 * A disk in memory that forgets what a real one may forget. Names live in `names`; what a power cut cannot take away
 * any more is in `durable`.
 */
export interface MemoryDisk {
  readonly files: FileSystem
  /**
   * The power fails. Of the changes of names that were not forced to the disk, those stay that `keeps` says; of content
   * that was not, the part that `keeps` says.
   */
  cutPower(keeps: () => number): void
  /** How many changes of names could get lost now. */
  unforced(): number
  paths(): readonly string[]
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}

export function memoryDisk(clock: Clock): MemoryDisk {
  let names = new Map<string, FileContent>()
  let durable = new Map<string, FileContent>()
  let changes: readonly NameChange[] = []
  const directories = new Map<string, number>([['/', 0]])

  function change(path: string, apply: NameChange['apply']): void {
    apply(names)
    changes = [...changes, { directory: dirname(path), apply }]
  }

  function existing(path: string): FileContent {
    const file = names.get(path)
    if (!file) throw failure('ENOENT', path)
    return file
  }

  function create(path: string, bytes: Uint8Array, forced: boolean): void {
    if (!directories.has(dirname(path))) throw failure('ENOENT', path)
    if (names.has(path) || directories.has(path)) throw failure('EEXIST', path)
    const file = { bytes: bytes.slice(), forced, modifiedAt: clock.now() }
    change(path, (target) => target.set(path, file))
  }

  const files: FileSystem = {
    async makeDirectories(path) {
      const made = !directories.has(path)
      for (let parent = path; !directories.has(parent); parent = dirname(parent)) directories.set(parent, clock.now())
      return made
    },
    async makeDirectory(path) {
      if (!directories.has(dirname(path))) throw failure('ENOENT', path)
      if (directories.has(path)) throw failure('EEXIST', path)
      directories.set(path, clock.now())
    },
    async removeDirectory(path) {
      if (!directories.delete(path)) throw failure('ENOENT', path)
    },
    async list(directory) {
      if (!directories.has(directory)) throw failure('ENOENT', directory)
      return [...names.keys(), ...directories.keys()]
        .filter((path) => path !== directory && dirname(path) === directory)
        .map((path) => path.slice(join(directory, '/').length))
    },
    read: async (path) => existing(path).bytes.slice(),
    create: async (path, content) => create(path, content, true),
    createVolatile: async (path, content) => create(path, content, false),
    async rename(from, to) {
      const file = existing(from)
      change(to, (target) => {
        target.delete(from)
        target.set(to, file)
      })
    },
    async link(from, to) {
      const file = existing(from)
      if (names.has(to)) throw failure('EEXIST', to)
      change(to, (target) => target.set(to, file))
    },
    async remove(path) {
      existing(path)
      change(path, (target) => target.delete(path))
    },
    async touch(path) {
      if (!directories.has(path)) throw failure('ENOENT', path)
      directories.set(path, clock.now())
    },
    async syncDirectory(path) {
      for (const { directory, apply } of changes) if (directory === path) apply(durable)
      changes = changes.filter(({ directory }) => directory !== path)
    },
    async status(path) {
      const madeAt = directories.get(path)
      if (madeAt !== undefined) return { isFile: false, modifiedAt: madeAt, mode: 0o700 }
      return { isFile: true, modifiedAt: existing(path).modifiedAt, mode: 0o600 }
    },
  }

  return {
    files,
    cutPower(keeps) {
      for (const { apply } of changes) if (keeps() >= 0.5) apply(durable)
      changes = []
      for (const [path, file] of durable) {
        if (file.forced) continue
        const bytes = file.bytes.slice(0, Math.floor(keeps() * (file.bytes.length + 1)))
        durable.set(path, { ...file, bytes, forced: true })
      }
      names = new Map(durable)
      durable = new Map(durable)
      // A lock is a directory that nobody cleans up after a power cut.
    },
    unforced: () => changes.length,
    paths: () => [...names.keys()],
  }
}
