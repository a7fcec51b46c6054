import { constants, promises, readdirSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join, sep } from 'node:path'

type Files = typeof import('node:fs/promises')

/** A change that a process makes to a disk, or a demand to make what was changed last. `file` stands for an open file. */
export type DiskChange =
  | { readonly kind: 'make-directory' | 'remove'; readonly path: string }
  | { readonly kind: 'create' | 'open'; readonly path: string; readonly file: number; readonly mode: number }
  | { readonly kind: 'write'; readonly file: number; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'sync'; readonly file: number }
  | { readonly kind: 'link' | 'rename'; readonly path: string; readonly from: string }
  | { readonly kind: 'symbolic-link'; readonly path: string; readonly target: string }

let root: string | undefined
let changes: DiskChange[] = []
let opened = 0

/** Everything that `operation` changes below a directory, in order. */
export async function journalOf(directory: string, operation: () => Promise<unknown>): Promise<readonly DiskChange[]> {
  root = directory
  changes = []
  const untouched = { ...promises }
  Object.assign(promises, watched(untouched))
  try {
    await operation()
    return changes
  } finally {
    root = undefined
    Object.assign(promises, untouched)
  }
}

function isWatched(path: string): boolean {
  return root !== undefined && (path === root || path.startsWith(root + sep))
}

function note(path: string, change: DiskChange): void {
  if (isWatched(path)) changes.push(change)
}

/**
 * Node's own functions, with a journal of what is changed through them. What the adapters do not use is not noted. A test
 * puts them in the place of `node:fs/promises`; whoever asks Node itself for them gets them during a journal.
 */
export function watched(given: Files): Files {
  const files = { ...given }

  async function open(path: string, flags: string | number = 'r', mode = 0o666): Promise<FileHandle> {
    const handle = await files.open(path, flags, mode)
    if (!isWatched(path)) return handle
    const creates = typeof flags === 'number' ? (flags & constants.O_CREAT) !== 0 : flags.startsWith('w')
    opened += 1
    note(path, { kind: creates ? 'create' : 'open', path, file: opened, mode })
    return watchedHandle(handle, path, opened)
  }

  async function removeTree(path: string): Promise<void> {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const below = join(path, entry.name)
      if (entry.isDirectory()) await removeTree(below)
      else await own.unlink(below)
    }
    await own.rmdir(path)
  }

  const own = {
    open,
    async mkdir(path: string, options?: Parameters<Files['mkdir']>[1]) {
      await files.mkdir(path, options)
      note(path, { kind: 'make-directory', path })
    },
    async rmdir(path: string) {
      await files.rmdir(path)
      note(path, { kind: 'remove', path })
    },
    async unlink(path: string) {
      await files.unlink(path)
      note(path, { kind: 'remove', path })
    },
    async rm(path: string, options: Parameters<Files['rm']>[1]) {
      await (isWatched(path) ? removeTree(path) : files.rm(path, options))
    },
    async rename(from: string, path: string) {
      await files.rename(from, path)
      note(path, { kind: 'rename', from, path })
    },
    async link(from: string, path: string) {
      await files.link(from, path)
      note(path, { kind: 'link', from, path })
    },
    async symlink(target: string, path: string, type?: string) {
      await files.symlink(target, path, type)
      note(path, { kind: 'symbolic-link', target, path })
    },
    async copyFile(from: string, path: string, mode?: number) {
      const bytes = await files.readFile(from)
      await files.copyFile(from, path, mode)
      opened += 1
      note(path, { kind: 'create', path, file: opened, mode: 0o600 })
      note(path, { kind: 'write', file: opened, position: 0, bytes })
    },
    async writeFile(path: string, bytes: Uint8Array, options: { readonly flag: string; readonly mode: number }) {
      const handle = await open(path, options.flag, options.mode)
      try {
        await handle.writeFile(bytes)
      } finally {
        await handle.close()
      }
    },
  }
  return Object.assign({}, files, own)
}

function watchedHandle(handle: FileHandle, path: string, file: number): FileHandle {
  let end = 0
  const own = {
    async write(bytes: Uint8Array, offset: number, length: number, position: number) {
      const result = await handle.write(bytes, offset, length, position)
      const written = bytes.slice(offset, offset + result.bytesWritten)
      note(path, { kind: 'write', file, position, bytes: written })
      return result
    },
    async writeFile(bytes: Uint8Array) {
      await handle.writeFile(bytes)
      note(path, { kind: 'write', file, position: end, bytes: bytes.slice() })
      end += bytes.length
    },
    async sync() {
      await handle.sync()
      note(path, { kind: 'sync', file })
    },
  }
  return new Proxy(handle, {
    get(target, name) {
      const value: unknown = Reflect.get(Object.hasOwn(own, name) ? own : target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
