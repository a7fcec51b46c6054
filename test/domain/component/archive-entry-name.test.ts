import { posix, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type EntryNameProblem,
  entryNameProblem,
  entryPath,
  foldedName,
} from '../../../src/domain/component/archive-entry-name.js'

const refused: readonly (readonly [string, EntryNameProblem])[] = [
  ['', 'empty-name'],
  ['a\uD800.js', 'not-unicode'],
  ['a\uFFFD.js', 'not-unicode'],
  ['a\0.js', 'control-character'],
  ['a\n.js', 'control-character'],
  ['a\u007F', 'control-character'],
  ['invoice\u202Efdp.js', 'control-character'],
  ['.g\u200Cit/config', 'control-character'],
  ['a\u2028b', 'control-character'],
  ['..\\..\\evil.js', 'backslash'],
  ['\\\\server\\share\\evil.js', 'backslash'],
  ['/etc/passwd', 'absolute-path'],
  ['//server/share', 'absolute-path'],
  ['C:/Windows/evil.dll', 'drive-or-stream'],
  ['C:evil.dll', 'drive-or-stream'],
  ['index.js:hidden', 'drive-or-stream'],
  ['index.js::$DATA', 'drive-or-stream'],
  ['what?.js', 'forbidden-character'],
  ['a|b', 'forbidden-character'],
  ['../evil.js', 'traversal'],
  ['lib/../../evil.js', 'traversal'],
  ['lib/..', 'traversal'],
  ['lib/../', 'traversal'],
  ['..', 'traversal'],
  ['./index.js', 'empty-segment'],
  ['lib//index.js', 'empty-segment'],
  ['lib/./index.js', 'empty-segment'],
  ['lib//', 'empty-segment'],
  ['.. /evil.js', 'trailing-dot-or-space'],
  ['.../evil.js', 'trailing-dot-or-space'],
  ['index.js.', 'trailing-dot-or-space'],
  ['lib /index.js', 'trailing-dot-or-space'],
  ['con', 'device-name'],
  ['lib/NUL', 'device-name'],
  ['Aux.js', 'device-name'],
  ['aux .js', 'device-name'],
  ['COM1', 'device-name'],
  ['com0.txt', 'device-name'],
  ['LPT9.tar.gz', 'device-name'],
  ['COM\u00B9', 'device-name'],
  ['prn/index.js', 'device-name'],
  ['CONIN$', 'device-name'],
  ['clock$.js', 'device-name'],
  ['a'.repeat(256), 'name-too-long'],
  ['\u00E9'.repeat(128), 'name-too-long'],
  ['a/'.repeat(513), 'name-too-long'],
]

const accepted = [
  'index.js',
  'lib/',
  'lib/deep/er/index.js',
  '.htaccess',
  '...and-more.js',
  'console.js',
  'common.js',
  'com10.js',
  'nullable.js',
  'auxiliary/con-text.js',
  'Zażółć gęślą jaźń.md',
  '日本語.json',
  "it's (1) [2] {3} #4 %41 & + = ~ ! @ $.js",
  `${'a'.repeat(255)}/${'b'.repeat(255)}`,
]

describe('the name of an entry', () => {
  it.each(refused)('%j is refused: %s', (name, problem) => {
    expect(entryNameProblem(name)).toBe(problem)
  })

  it.each(accepted)('%j is a plain path', (name) => {
    expect(entryNameProblem(name)).toBeUndefined()
  })

  it('that is accepted stays where it is put, on every operating system', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', ':', '\0', ' ', 'C:', 'con', 'NUL.', 'a', 'é', '~', '?', '\u202E', '.. '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const names = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(names, (name) => {
        if (entryNameProblem(name)) return
        const path = entryPath(name)
        expect(posix.normalize(path)).toBe(path)
        expect(posix.resolve('/srv/component', path)).toBe(`/srv/component/${path}`)
        expect(win32.resolve('D:\\component', path)).toBe(`D:\\component\\${path.replaceAll('/', '\\')}`)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('two names are one to some file system', () => {
  it.each([
    ['README.md', 'readme.MD'],
    ['caf\u00E9.js', 'cafe\u0301.js'],
    ['\u212Bngstrom', 'a\u030Angstrom'],
    ['STRASSE', 'stra\u00DFe'],
    ['\uFB01le', 'file'],
    ['\u0130stanbul', 'i\u0307stanbul'],
  ])('%s and %s', (a, b) => {
    expect(foldedName(a)).toBe(foldedName(b))
  })

  it('and others are not', () => {
    expect(foldedName('a.js')).not.toBe(foldedName('b.js'))
    expect(foldedName('cafe.js')).not.toBe(foldedName('caf\u00E9.js'))
  })
})
