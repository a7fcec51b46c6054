import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { DiskChange } from './disk-journal.js'

interface Directory {
  readonly kind: 'directory'
  readonly names: Map<string, Item>
  /** What of the names a power cut cannot take away any more. */
  readonly durable: Map<string, Item>
}

interface File {
  readonly kind: 'file'
  readonly mode: number
  bytes: Buffer
  /** What of the bytes a power cut cannot take away any more. */
  durable: Buffer
}

interface Link {
  readonly kind: 'link'
  readonly target: string
}

type Item = Directory | File | Link

/** A directory with all that is in it, of which everything has reached the disk. */
export type DiskState = Directory

/** What becomes of bytes that were not forced to the disk: all the same to whoever reads them next. */
const bytesSurvive: Readonly<Record<string, (file: File) => Buffer>> = {
  lost: ({ durable }) => durable,
  'half there': ({ bytes }) => bytes.subarray(0, bytes.length / 2),
  // The length has reached the disk before the bytes.
  blank: ({ bytes }) => Buffer.alloc(bytes.length),
  there: ({ bytes }) => bytes,
}

const emptyDirectory = (): Directory => ({ kind: 'directory', names: new Map(), durable: new Map() })

/** What is on a real disk. */
export function readDisk(path: string): DiskState {
  const directory = emptyDirectory()
  for (const name of readdirSync(path)) directory.durable.set(name, readItem(join(path, name)))
  return directory
}

function readItem(path: string): Item {
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) }
  if (found.isDirectory()) return readDisk(path)
  const bytes = readFileSync(path)
  return { kind: 'file', mode: found.mode & 0o777, bytes, durable: bytes }
}

/** Puts a state on a real disk, in place of whatever is there. */
export function writeDisk(state: DiskState, path: string): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true })
  for (const [name, item] of state.durable) writeItem(item, join(path, name))
}

function writeItem(item: Item, path: string): void {
  switch (item.kind) {
    case 'link':
      symlinkSync(item.target, path)
      break
    case 'file':
      writeFileSync(path, item.durable)
      chmodSync(path, item.mode)
      break
    case 'directory':
      mkdirSync(path)
      writeDisk(item, path)
      break
  }
}

/** Two states with the same digest are one to every reader. */
export function digestOf(state: DiskState): string {
  const hash = createHash('sha256')
  const feed = (directory: Directory, path: string): void => {
    for (const [name, item] of [...directory.durable].sort(([one], [other]) => (one < other ? -1 : 1))) {
      hash.update(`${path}/${name}\0${item.kind}\0`)
      if (item.kind === 'link') hash.update(item.target)
      else if (item.kind === 'file') hash.update(item.durable).update(String(item.mode))
      else feed(item, `${path}/${name}`)
    }
  }
  feed(state, '')
  return hash.digest('hex')
}

/**
 * All states that a power cut after `changes` may leave: of the changes of names that were not forced to the disk, each
 * combination survives where there are no more than `told`, else each beginning, each end, each one, all but one, and
 * each combination of the last `told`; of the bytes, as `bytesSurvive` says.
 */
export function* statesAfterCut(
  before: DiskState,
  root: string,
  changes: readonly DiskChange[],
  told: number,
): Generator<DiskState> {
  const { pending } = replay(before, root, changes)
  for (const survives of survivals(pending.length, told)) {
    for (const bytesOf of Object.values(bytesSurvive)) {
      const disk = replay(before, root, changes)
      for (const [index, apply] of disk.pending.entries()) if (survives(index)) apply()
      for (const file of disk.files) file.durable = bytesOf(file)
      yield disk.state
      if (disk.files.length === 0) break
    }
  }
}

function* survivals(count: number, told: number): Generator<(index: number) => boolean> {
  const first = Math.max(0, count - told)
  for (let mask = 0; mask < 2 ** (count - first); mask += 1) {
    const isChosen = (index: number) => ((mask >> (index - first)) & 1) === 1
    yield (index) => (index < first ? true : isChosen(index))
    if (first > 0) yield (index) => (index < first ? false : isChosen(index))
  }
  for (let chosen = 0; chosen < first; chosen += 1) {
    yield (index) => index < chosen
    yield (index) => index >= chosen
    yield (index) => index === chosen
    yield (index) => index !== chosen
  }
}

interface Replayed {
  readonly state: DiskState
  /** Changes of names that a power cut may take away, or not. */
  readonly pending: readonly (() => void)[]
  /** Whose bytes may be lost. */
  readonly files: readonly File[]
}

function replay(before: DiskState, root: string, changes: readonly DiskChange[]): Replayed {
  const state = copyOf(before)
  const open = new Map<number, Item>()
  const touched = new Set<File>()
  let pending: { readonly directory: Directory; readonly apply: () => void }[] = []

  function directoryAt(path: string): Directory {
    let found: Item | undefined = state
    for (const name of relative(root, path).split(sep).filter(Boolean)) {
      found = found?.kind === 'directory' ? found.names.get(name) : undefined
    }
    if (found?.kind !== 'directory') throw new Error(`There is no directory ${path}.`)
    return found
  }

  function itemAt(path: string): Item {
    const found = path === root ? state : directoryAt(dirname(path)).names.get(basename(path))
    if (!found) throw new Error(`There is nothing at ${path}.`)
    return found
  }

  /** A rename is one change, also between two directories: file systems with a journal see to that. */
  function change(path: string, ...edits: readonly [path: string, item: Item | null][]): void {
    const steps = edits.map(([edited, item]) => {
      const directory = directoryAt(dirname(edited))
      const name = basename(edited)
      return (names: 'names' | 'durable') =>
        void (item ? directory[names].set(name, item) : directory[names].delete(name))
    })
    for (const step of steps) step('names')
    const apply = () => {
      for (const step of steps) step('durable')
    }
    pending.push({ directory: directoryAt(dirname(path)), apply })
  }

  function sync(item: Item): void {
    if (item.kind === 'file') {
      item.durable = item.bytes
      touched.delete(item)
    } else if (item.kind === 'directory') {
      for (const { directory, apply } of pending) if (directory === item) apply()
      pending = pending.filter(({ directory }) => directory !== item)
    }
  }

  function opened(file: number): Item {
    const item = open.get(file)
    if (!item) throw new Error(`No file ${file} was opened.`)
    return item
  }

  function write(item: Item, position: number, bytes: Uint8Array): void {
    if (item.kind !== 'file') throw new Error('Only files are written to.')
    const length = Math.max(item.bytes.length, position + bytes.length)
    const content = Buffer.alloc(length)
    content.set(item.bytes)
    content.set(bytes, position)
    item.bytes = content
    touched.add(item)
  }

  for (const step of changes) {
    switch (step.kind) {
      case 'make-directory':
        change(step.path, [step.path, emptyDirectory()])
        break
      case 'remove':
        change(step.path, [step.path, null])
        break
      case 'create': {
        const file: File = { kind: 'file', mode: step.mode, bytes: Buffer.alloc(0), durable: Buffer.alloc(0) }
        change(step.path, [step.path, file])
        open.set(step.file, file)
        break
      }
      case 'open':
        open.set(step.file, itemAt(step.path))
        break
      case 'write':
        write(opened(step.file), step.position, step.bytes)
        break
      case 'sync':
        sync(opened(step.file))
        break
      case 'link':
        change(step.path, [step.path, itemAt(step.from)])
        break
      case 'rename':
        change(step.path, [step.from, null], [step.path, itemAt(step.from)])
        break
      case 'symbolic-link':
        change(step.path, [step.path, { kind: 'link', target: step.target }])
        break
    }
  }
  return { state, pending: pending.map(({ apply }) => apply), files: [...touched] }
}

/** The same files, each with all of its names durable: what was there before a process began. */
function copyOf(before: Directory): Directory {
  const copy = emptyDirectory()
  for (const [name, item] of before.durable) {
    const kept: Item = item.kind === 'directory' ? copyOf(item) : { ...item }
    copy.names.set(name, kept)
    copy.durable.set(name, kept)
  }
  return copy
}
