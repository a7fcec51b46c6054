import { describe, expect, it } from 'vitest'
import { fileLedgerStore } from '../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { type FileSystem, nodeFileSystem } from '../../src/adapters/file-system.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** exFAT and the like. */
const withoutLinks: FileSystem = {
  ...nodeFileSystem,
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}

const text = (value: string) => new TextEncoder().encode(value)

describe('a file system without hard links', () => {
  it('keeps what is published once', async () => {
    const directory = temporaryDirectory()
    const store = fileRecordStore(() => Promise.resolve(directory), withoutLinks)
    expect(await store.publishOnce('id', text('first'))).toEqual(text('first'))
    expect(await store.publishOnce('id', text('second'))).toEqual(text('first'))
    expect(await store.list('')).toEqual(['id'])
  })

  it('lets one process alone advance a ledger', async () => {
    const directory = temporaryDirectory()
    const store = fileLedgerStore(() => Promise.resolve(directory), withoutLinks)
    expect(await store.advance('budget', 0, text('one'))).toBe(true)
    expect(await store.advance('budget', 0, text('other'))).toBe(false)
    expect(await store.read('budget')).toEqual({ version: 1, content: text('one') })
  })
})
