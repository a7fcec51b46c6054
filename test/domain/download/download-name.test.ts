import { describe, expect, it } from 'vitest'
import { isSafeFilename } from '../../../src/domain/download/download-name.js'

describe('the name of a downloaded file', () => {
  it.each(['flavor-starter-1.5.0.zip', 'Flavor Starter (1.5.0+build.7).tar.gz', 'größe.zip', 'a', 'x'.repeat(255)])(
    'may be %s',
    (name) => {
      expect(isSafeFilename(name)).toBe(true)
    },
  )

  it.each([
    ['nothing', ''],
    ['the directory', '.'],
    ['the directory above', '..'],
    ['a way out', '../evil.zip'],
    ['a way out on Windows', '..\\evil.zip'],
    ['a directory', 'evil/'],
    ['a path', 'sub/evil.zip'],
    ['an absolute path', '/etc/passwd'],
    ['a drive', 'C:evil.zip'],
    ['a hidden stream', 'evil.zip:stream'],
    ['NUL', 'evil\u0000.zip'],
    ['a line break', 'evil\n.zip'],
    ['an invisible character', 'evil\u202Epiz.exe'],
    ['a lone surrogate', 'evil\uD800.zip'],
    ['a device', 'NUL'],
    ['a device with an extension', 'con.zip'],
    ['a device with a number', 'COM1.zip'],
    ['a blank at the end', 'evil.zip '],
    ['a dot at the end', 'evil.'],
    ['hidden', '.bashrc'],
    ['an option', '-rf.zip'],
    ['a wildcard', '*.zip'],
    ['too long', 'x'.repeat(256)],
  ])('is never %s', (_what, name) => {
    expect(isSafeFilename(name)).toBe(false)
  })
})
