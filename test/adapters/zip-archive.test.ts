import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { zipArchive } from '../../src/adapters/zip-archive.js'
import { type ArchiveFault, planUnpacking } from '../../src/domain/component/unpacking-plan.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { type ZipEntry, type ZipOptions, zipOf } from '../support/zip-builder.js'

const text = 'export const version = 1\n'.repeat(400)

/** What an archive holds, by name, or why it is not unpacked. */
async function unpacked(archive: Uint8Array): Promise<Readonly<Record<string, string>> | ArchiveFault> {
  const path = join(temporaryDirectory(), 'archive.zip')
  writeFileSync(path, archive)
  return zipArchive.read(path, 10_000, async ({ entries, size }) => {
    const plan = planUnpacking(entries, size)
    if ('problem' in plan) return plan
    const files: Record<string, string> = {}
    for (const entry of plan.files) {
      const pieces: Uint8Array[] = []
      for await (const piece of entry.content()) pieces.push(piece)
      files[entry.name] = Buffer.concat(pieces).toString()
    }
    return files
  })
}

describe('an honest archive', () => {
  it.each<[string, readonly ZipEntry[], ZipOptions?]>([
    [
      'of deflated and of stored files',
      [
        { name: 'a.js', content: text },
        { name: 'b.js', content: text, stored: true },
      ],
    ],
    ['of empty files', [{ name: 'a.js' }, { name: 'b.js', content: '' }]],
    [
      'that was written to a pipe',
      [
        { name: 'a.js', content: text, sizesFollow: true },
        { name: 'b.js', content: text },
      ],
    ],
    ['whose last file was written to a pipe', [{ name: 'a.js', content: text, sizesFollow: true }]],
    [
      'in 64 bits',
      [
        { name: 'a.js', content: text, wide: true },
        { name: 'b.js', content: text },
      ],
      { wide: {} },
    ],
    ['with a comment', [{ name: 'a.js', content: text }], { comment: 'Made on a Friday.' }],
    ['with another archive in it', [{ name: 'inner.zip', content: zipOf([{ name: '../x', content: text }]) }]],
    ['of long names', [{ name: `${'a'.repeat(252)}.js`, content: text }]],
    ['deep below', [{ name: `${'d/'.repeat(100)}a.js`, content: text }]],
    [
      'of names in other scripts',
      [
        { name: '支払い/カード.js', content: text },
        { name: 'paiement/créé.js', content: text },
      ],
    ],
    ['of names that begin with a dot', [{ name: '.well-known/a', content: text }]],
  ])('%s is unpacked as it was packed', async (_what, entries, options = {}) => {
    const expected = entries.map(({ name, content = '' }) => [name, Buffer.from(content).toString()])
    expect(await unpacked(zipOf(entries, options))).toEqual(Object.fromEntries(expected))
  })
})

describe('an archive that is given up', () => {
  it.runIf(existsSync('/proc/self/fd'))('lets go of its file', async () => {
    const path = join(temporaryDirectory(), 'archive.zip')
    writeFileSync(path, zipOf([{ name: 'a.js', content: text.repeat(100) }]))
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    for (let turn = 0; turn < 20; turn += 1) {
      await zipArchive.read(path, 10, async ({ entries }) => {
        for (const entry of entries) for await (const _piece of entry.content()) break
      })
    }
    expect(open()).toBeLessThan(before + 10)
  })
})
