import { join } from 'node:path'
import type { StoreDescription } from '../ports/record-store.js'
import { publishFile, publishNewFile, temporarySuffix } from './atomic-file.js'
import type { FileSystem } from './file-system.js'
import { asideLimit, asideSuffix } from './set-aside.js'

/** A temporary file this old belongs to no writer that is still alive. */
const abandonedAfterMs = 60 * 60_000

/** Puts a record into its directory, in place of whatever has its name. */
export async function publishRecord(
  files: FileSystem,
  directory: string,
  name: string,
  content: Uint8Array,
): Promise<void> {
  await prepare(files, directory)
  await publishFile(files, join(directory, name), content)
}

/** Puts a record into its directory unless something has its name already. False when something has. */
export async function publishNewRecord(
  files: FileSystem,
  directory: string,
  name: string,
  content: Uint8Array,
): Promise<boolean> {
  await prepare(files, directory)
  return publishNewFile(files, join(directory, name), content)
}

/** Takes a record that cannot be read out of the way. */
export async function setAside(files: FileSystem, directory: string, name: string): Promise<void> {
  const path = join(directory, name)
  const kept = (await files.list(directory)).filter((other) => other.endsWith(asideSuffix)).length
  if (kept >= asideLimit) await files.remove(path)
  else await files.rename(path, `${path}${asideSuffix}`)
}

/** What a directory of records looks like, and whether it can be written to. */
export async function describeDirectory(directory: string | null, files: FileSystem): Promise<StoreDescription> {
  if (directory === null) {
    return { directory, mode: null, writable: false, problem: 'There is no data directory.', files: [] }
  }
  const mode = async () => (await modeOf(files, directory)) ?? null
  try {
    await prepare(files, directory)
    const probe = join(directory, `.probe${temporarySuffix}`)
    await files.remove(probe).catch(() => undefined)
    await files.create(probe, new Uint8Array())
    await files.remove(probe)
    return { directory, mode: await mode(), writable: true, problem: null, files: await listed(files, directory) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    const found = await listed(files, directory).catch(() => [])
    return { directory, mode: await mode(), writable: false, problem, files: found }
  }
}

/** Makes the directory, or clears what killed writers have left in it. */
async function prepare(files: FileSystem, directory: string): Promise<void> {
  if (await files.makeDirectories(directory)) return
  const temporary = (await files.list(directory)).filter((name) => name.endsWith(temporarySuffix))
  for (const name of temporary) {
    const path = join(directory, name)
    const status = await files.status(path).catch(() => undefined)
    const abandoned = status !== undefined && Date.now() - status.modifiedAt > abandonedAfterMs
    // What another user has left in a shared directory must not keep this one from writing.
    if (abandoned) await files.remove(path).catch(() => undefined)
  }
}

async function modeOf(files: FileSystem, path: string): Promise<string | undefined> {
  const status = await files.status(path).catch(() => undefined)
  return status?.mode.toString(8).padStart(4, '0')
}

async function listed(files: FileSystem, directory: string): Promise<StoreDescription['files']> {
  const names = await files.list(directory)
  return Promise.all(
    names.map(async (name) => ({ name, mode: (await modeOf(files, join(directory, name))) ?? 'unreadable' })),
  )
}
