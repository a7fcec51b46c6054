import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldedName } from '../../../src/domain/component/archive-entry-name.js'
import { installedComponent } from '../../../src/domain/component/component.js'
import {
  type ArchiveEntry,
  type ArchiveProblem,
  isArchiveFault,
  planUnpacking,
  type UnpackingLimits,
  unpackingLimits,
} from '../../../src/domain/component/unpacking-plan.js'

const limits: UnpackingLimits = { entries: 4, bytes: 1_000, ratio: 10, ratioFreeBytes: 100 }

/** Entries one behind the other, ten bytes each. */
function archive(...entries: readonly (Partial<ArchiveEntry> & { readonly name: string })[]): readonly ArchiveEntry[] {
  return entries.map((entry, index) => ({
    kind: entry.name.endsWith('/') ? 'directory' : 'file',
    executable: false,
    encrypted: false,
    supported: true,
    consistent: true,
    size: 10,
    start: index * 10,
    end: index * 10 + 10,
    ...entry,
  }))
}

const names = (...list: readonly string[]) => archive(...list.map((name) => ({ name })))
const index = { name: 'index.js' }

const refused: readonly (readonly [string, ArchiveProblem, string | null, readonly ArchiveEntry[]])[] = [
  ['a bad name', 'traversal', '../evil', names('index.js', '../evil')],
  ['a link', 'link', 'index.js', archive({ ...index, kind: 'link' })],
  ['a device', 'special-file', 'index.js', archive({ ...index, kind: 'special' })],
  ['an encrypted entry', 'encrypted', 'index.js', archive({ ...index, encrypted: true })],
  ['an unknown compression', 'unsupported-method', 'index.js', archive({ ...index, supported: false })],
  ['an entry with two descriptions', 'contradictory-headers', 'index.js', archive({ ...index, consistent: false })],
  ['a directory without a slash', 'contradictory-headers', 'lib', archive(index, { name: 'lib', kind: 'directory' })],
  ['a file with a slash', 'contradictory-headers', 'lib/', archive(index, { name: 'lib/', kind: 'file' })],
  ['nothing', 'nothing-inside', null, []],
  ['directories alone', 'nothing-inside', null, names('lib/')],
  ['five entries of four', 'too-many-entries', null, names('a', 'b', 'c', 'd', 'e')],
  ['a byte too many', 'too-large', null, archive({ name: 'a', size: 400 }, { name: 'b', size: 601 })],
  ['a bomb', 'suspicious-ratio', null, archive({ name: 'a', size: 401 })],
  ['entries that share bytes', 'overlapping', 'b', archive({ name: 'a' }, { name: 'b', start: 9 })],
  ['one entry inside another', 'overlapping', 'b', archive({ name: 'a', end: 99 }, { name: 'b' })],
  ['bytes before the first entry', 'hidden-bytes', 'a', archive({ name: 'a', start: 1 })],
  [
    'more between two entries than belongs to one',
    'hidden-bytes',
    'b',
    archive({ name: 'a' }, { name: 'b', start: 35 }),
  ],
  ['the same name twice', 'duplicate-name', 'a', names('a', 'a')],
  ['names that differ in case', 'duplicate-name', 'INDEX.js', names('index.js', 'INDEX.js')],
  ['an accent in two forms', 'duplicate-name', 'cafe\u0301', names('caf\u00E9', 'cafe\u0301')],
  ['directories that differ in case', 'duplicate-name', 'lib/b', names('Lib/a', 'lib/b')],
  ['a stated directory twice', 'duplicate-name', 'LIB/', names('lib/', 'LIB/', 'a')],
  ['a file in the place of a directory', 'file-and-directory', 'lib', names('lib/a', 'lib')],
  ['the same in another case', 'file-and-directory', 'LIB', names('lib/a', 'LIB')],
  ['a file and an empty directory', 'duplicate-name', 'lib/', names('lib', 'lib/')],
]

describe('an archive', () => {
  it.each(refused)('with %s is refused: %s', (_, problem, entry, entries) => {
    expect(planUnpacking(entries, 40, limits)).toEqual({ problem, entry })
  })

  it('is unpacked parents first', () => {
    const entries = names('a/b/c.js', 'a/', 'd/')
    expect(planUnpacking(entries, 40, limits)).toMatchObject({
      directories: ['a', 'a/b', 'd'],
      files: [{ name: 'a/b/c.js' }],
    })
  })

  it('may be as large as the limits', () => {
    const full = archive(
      { name: 'a', size: 100 },
      { name: 'b', size: 100 },
      { name: 'c', size: 800 },
      { name: 'd/', size: 0 },
    )
    expect(isArchiveFault(planUnpacking(full, 100, limits))).toBe(false)
    expect(isArchiveFault(planUnpacking(archive({ name: 'a', size: 100 }), 1, limits))).toBe(false)
    const many = names(...Array.from({ length: unpackingLimits.entries }, (_, number) => `file-${number}`))
    expect(isArchiveFault(planUnpacking(many, 1_000_000))).toBe(false)
  })

  it('may have what belongs to an entry behind it', () => {
    const entries = archive({ name: 'a' }, { name: 'b', start: 34, end: 44 })
    expect(isArchiveFault(planUnpacking(entries, 40, limits))).toBe(false)
  })

  it('may list its entries in another order than they lie in', () => {
    expect(isArchiveFault(planUnpacking([...names('a', 'b', 'c')].reverse(), 40, limits))).toBe(false)
  })

  it('that is accepted has a place of its own for every file, in a directory that is made first', () => {
    const segment = fc.constantFrom('a', 'A', 'b', 'lib', 'LIB', 'caf\u00E9', 'cafe\u0301')
    const name = fc
      .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/'))
      .map(([segments, end]) => segments.join('/') + end)
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (list) => {
        const plan = planUnpacking(names(...list), 40, limits)
        if (isArchiveFault(plan)) return
        const places = [...plan.directories, ...plan.files.map((file) => file.name)]
        expect(new Set(places.map(foldedName)).size).toBe(places.length)
        for (const [position, place] of places.entries()) {
          const parent = place.split('/').slice(0, -1).join('/')
          if (parent !== '') expect(plan.directories.slice(0, position)).toContain(parent)
        }
      }),
    )
  })
})

describe('what is installed', () => {
  it('is looked up among the slugs alone', () => {
    const courier = {
      version: '1.0.0',
      sha256: 'ab'.repeat(32),
      installedAt: 0,
      folder: '1.0.0-x',
      directory: '/srv/components',
      previous: null,
    }
    expect(installedComponent({ courier }, 'courier')).toBe(courier)
    expect(installedComponent({ courier }, 'constructor')).toBeUndefined()
    expect(installedComponent({ courier: { ...courier, onTrial: true } }, 'courier')).toBeUndefined()
  })
})
