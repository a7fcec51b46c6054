import { statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeDirectories } from '../../src/adapters/make-directories.js'
import { itWhere } from '../process/support/machine.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

describe('a directory that is to be there', () => {
  it('is made with those above it, in the given mode, and once', async () => {
    const path = join(temporaryDirectory(), 'a', 'b', 'c')
    expect(await makeDirectories(path, 0o700)).toBe(true)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    expect(await makeDirectories(path, 0o700)).toBe(false)
  })

  it('is made by several at once', async () => {
    const path = join(temporaryDirectory(), 'a', 'b', 'c')
    const made = await Promise.all(Array.from({ length: 8 }, () => makeDirectories(path)))
    expect(made.filter(Boolean)).toHaveLength(1)
  })

  it('may be a link to one', async () => {
    const root = temporaryDirectory()
    symlinkSync(root, join(root, 'link'))
    expect(await makeDirectories(join(root, 'link'))).toBe(false)
  })

  it('is none where a file has its name, or that of one above', async () => {
    const path = join(temporaryDirectory(), 'file')
    writeFileSync(path, '')
    await expect(makeDirectories(path)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeDirectories(join(path, 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  itWhere(['the /proc of Linux'], 'is refused at once where the system lets nobody make one', async () => {
    await expect(makeDirectories('/proc/flavor-license/downloads')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
