import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { downloadDirectory } from '../../src/adapters/download-directory.js'
import type { DownloadTarget } from '../../src/ports/download-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

// As exFAT and the like answer.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}))

const content = Buffer.from('the update')
const sha256 = createHash('sha256').update(content).digest('hex')

async function arrived(): Promise<{ readonly target: DownloadTarget; readonly publish: () => Promise<unknown> }> {
  const target = { directory: temporaryDirectory(), filename: 'update.zip', size: content.length, sha256 }
  const partial = await downloadDirectory.create(target, null)
  await partial.write(content)
  expect(await partial.seal()).toBe(sha256)
  return { target, publish: () => partial.publish() }
}

describe('a download on a file system without hard links', () => {
  it('gets its name', async () => {
    const { target, publish } = await arrived()
    const path = join(target.directory, target.filename)
    expect(await publish()).toBe(path)
    expect(readFileSync(path)).toEqual(content)
    expect(readdirSync(target.directory)).toEqual([target.filename])
  })

  it('replaces nothing', async () => {
    const { target, publish } = await arrived()
    const path = join(target.directory, target.filename)
    writeFileSync(path, 'precious')
    expect(await publish()).toBeUndefined()
    expect(readFileSync(path, 'utf8')).toBe('precious')
  })
})
