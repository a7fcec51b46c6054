import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import { type FileSystem, nodeFileSystem } from '../../src/adapters/file-system.js'
import type { LockState } from '../../src/ports/lock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const broken = () => Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }))

async function stateUnder(changes: Partial<FileSystem>): Promise<LockState> {
  const directory = temporaryDirectory()
  const lock = directoryLock(() => Promise.resolve(directory), { ...nodeFileSystem, ...changes })
  return lock.hold('name', 0, async (state) => state)
}

describe('a lock on a disk that fails', () => {
  it('is held where nothing fails', async () => {
    expect(await stateUnder({})).toBe('held')
  })

  it('is done without where it cannot be taken', async () => {
    expect(await stateUnder({ makeDirectory: broken })).toBe('unavailable')
  })

  it('costs nothing but the lock where it cannot be given back', async () => {
    expect(await stateUnder({ removeDirectory: broken })).toBe('held')
  })

  it('is done without where there is no directory for it', async () => {
    const lock = directoryLock(() => Promise.reject(new Error('There is no home directory.')))
    expect(await lock.hold('name', 0, async (state) => state)).toBe('unavailable')
  })

  it('hands on what the work under it throws, and is given back', async () => {
    const directory = temporaryDirectory()
    const lock = directoryLock(() => Promise.resolve(directory))
    await expect(lock.hold('name', 0, () => Promise.reject(new Error('work')))).rejects.toThrow('work')
    expect(await lock.hold('name', 0, async (state) => state)).toBe('held')
  })

  it('grows stale also where a clock that ran ahead has left it behind', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'name.lock')
    mkdirSync(path)
    const tomorrow = Date.now() / 1_000 + 86_400
    utimesSync(path, tomorrow, tomorrow)
    expect(await directoryLock(() => Promise.resolve(directory)).hold('name', 0, async (state) => state)).toBe(
      'contended',
    )
    expect(statSync(path).mtimeMs).toBeLessThanOrEqual(Date.now())
  })

  it('is done without where something else has its name', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'name.lock')
    writeFileSync(path, 'no directory')
    const hourAgo = Date.now() / 1_000 - 3_600
    utimesSync(path, hourAgo, hourAgo)
    const lock = directoryLock(() => Promise.resolve(directory))
    expect(await lock.hold('name', 0, async (state) => state)).toBe('unavailable')
  })
})
