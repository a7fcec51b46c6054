import type { ArchiveProblem } from '../../../src/domain/component/unpacking-plan.js'
import { versionFiles } from '../../components/shop-with-components.js'
import { extraField, type ZipEntry, zipOf } from '../../support/zip-builder.js'

/** An archive that a signature vouches for all the same: the seller's pipeline was broken into, or is careless. */
export interface ArchiveTrick {
  readonly name: string
  readonly problem: ArchiveProblem
  readonly archive: Uint8Array<ArrayBuffer>
}

const honest = versionFiles('9.9.9')
const evil = { content: 'evil' }

/** A component that works, with something in it that should not be there. */
function among(name: string, problem: ArchiveProblem, ...entries: readonly ZipEntry[]): ArchiveTrick {
  return { name, problem, archive: zipOf([...honest, ...entries]) }
}

const named = (what: string, problem: ArchiveProblem, name: string): ArchiveTrick =>
  among(`${what}: ${JSON.stringify(name)}`, problem, { name, ...evil })

const link = { mode: 0o120777, stored: true }
const zeros = new Uint8Array(64 * 1024 ** 2)
const bytes = (...values: readonly number[]) => new Uint8Array(values)

/** A file whose compressed bytes reach over the next one, head and all. */
const overlapping = { compressedSize: 40 }

/** Two archives in one, each of which is complete: one reader takes the second for the comment of the first. */
function inCommentOf(first: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = zipOf([{ name: 'x', ...evil, gap: first }])
  new DataView(both.buffer).setUint16(first.length - 2, both.length - first.length, true)
  return both
}

export const archiveTricks: readonly ArchiveTrick[] = [
  named('out of the directory', 'traversal', '../evil.js'),
  named('out of the directory from within', 'traversal', 'lib/../../../evil.js'),
  named('the directory above', 'traversal', '..'),
  named('an absolute path', 'absolute-path', '/tmp/flavor-license-evil.js'),
  named('a share', 'absolute-path', '//server/share/evil.js'),
  named('a drive', 'drive-or-stream', 'C:/evil.js'),
  named('a place on a drive', 'drive-or-stream', 'C:evil.js'),
  named('a hidden stream', 'drive-or-stream', 'lib/index.js:evil'),
  named('backslashes', 'backslash', '..\\..\\evil.js'),
  named('a share in backslashes', 'backslash', '\\\\server\\share\\evil.js'),
  named('NUL', 'control-character', 'evil.js\0.txt'),
  named('a line break', 'control-character', 'evil\n.js'),
  named('a direction override', 'control-character', 'evil\u202Esj.exe'),
  named('an invisible character', 'control-character', 'li\u200Bb/index.js'),
  named('a device', 'device-name', 'CON'),
  named('a device with an extension', 'device-name', 'lib/nul.js'),
  named('a device as a directory', 'device-name', 'com1/index.js'),
  named('a device in superscript', 'device-name', 'COM\u00B2.log'),
  named('a trailing dot', 'trailing-dot-or-space', 'lib/index.js.'),
  named('a trailing space', 'trailing-dot-or-space', 'lib /index.js'),
  named('dots and a space', 'trailing-dot-or-space', '.. /evil.js'),
  named('the directory itself', 'empty-segment', './evil.js'),
  named('an empty part', 'empty-segment', 'lib//evil.js'),
  named('no name', 'empty-name', ''),
  named('a character that Windows has not', 'forbidden-character', 'what?.js'),
  named('a name too long for a disk', 'name-too-long', 'a'.repeat(256)),
  named('letters too long for a disk', 'name-too-long', 'ü'.repeat(128)),
  named('a path too long', 'name-too-long', 'deep/'.repeat(205)),
  among('bytes that are no text', 'not-unicode', { name: bytes(0x65, 0xff, 0xfe), ...evil }),
  among('text that does not say which', 'not-unicode', { name: 'café.js', flags: 0, ...evil }),
  named('the same name twice', 'duplicate-name', 'manifest.json'),
  named('a name in another case', 'duplicate-name', 'Manifest.JSON'),
  named('a directory in another case', 'duplicate-name', 'LIB/other.js'),
  among('an accent in two forms', 'duplicate-name', { name: 'caf\u00E9', ...evil }, { name: 'cafe\u0301', ...evil }),
  among('a sign that reads like a letter', 'duplicate-name', { name: 'k', ...evil }, { name: '\u212A', ...evil }),
  among(
    'a letter that capitals spell as two',
    'duplicate-name',
    { name: 'ma\u00DF', ...evil },
    { name: 'MASS', ...evil },
  ),
  named('a file in the place of a directory', 'file-and-directory', 'bin'),
  among('a link out', 'link', { name: 'out', content: '../../../..', ...link }),
  among('a link, then a file through it', 'link', { name: 'x', content: '/tmp', ...link }, { name: 'x/evil', ...evil }),
  among('a link in disguise', 'link', {
    name: 'x',
    ...evil,
    extra: extraField(0x756e, bytes(0, 0, 0, 0, 0xff, 0xa1, 0, 0, 0, 0)),
  }),
  among('a hard link', 'link', {
    name: 'x',
    ...evil,
    extra: extraField(0x000d, Buffer.concat([new Uint8Array(12), Buffer.from('/etc/passwd')])),
  }),
  among('a pipe', 'special-file', { name: 'x', ...evil, mode: 0o010644 }),
  among('a device file', 'special-file', { name: 'x', ...evil, mode: 0o060644 }),
  among('an encrypted file', 'encrypted', { name: 'x', ...evil, flags: 0x801 }),
  among('an unknown compression', 'unsupported-method', { name: 'x', ...evil, stored: true, method: 12 }),
  among('a directory with content', 'contradictory-headers', { name: 'x/', ...evil, mode: 0o100644 }),
  among('another name in its own head', 'contradictory-headers', { name: 'x', ...evil, local: { name: '../x' } }),
  among('another size in its own head', 'contradictory-headers', { name: 'x', ...evil, local: { size: 1 } }),
  among('a size in its own head beside one behind its content', 'contradictory-headers', {
    name: 'x',
    ...evil,
    sizesFollow: true,
    local: { size: 1 },
  }),
  among('another size in 64 bits in its own head', 'contradictory-headers', {
    name: 'x',
    ...evil,
    wide: true,
    claims: { size: 5, compressedSize: 5 },
  }),
  among('another compression in its own head', 'contradictory-headers', { name: 'x', ...evil, local: { method: 0 } }),
  among('another name for those who know Unicode', 'contradictory-headers', {
    name: 'x',
    ...evil,
    extra: extraField(0x7075, Buffer.concat([bytes(1, 0, 0, 0, 0), Buffer.from('../x')])),
  }),
  among(
    'files that share bytes',
    'overlapping',
    { name: 'x', ...evil, claims: overlapping, local: overlapping },
    { name: 'y', content: evil.content.repeat(99) },
  ),
  among('files that reach into the list of files', 'contradictory-headers', {
    name: 'x',
    ...evil,
    claims: overlapping,
    local: overlapping,
  }),
  among('bytes between two files', 'hidden-bytes', { name: 'x', ...evil, gap: new Uint8Array(25) }),
  {
    name: 'bytes before the list of files',
    problem: 'hidden-bytes',
    archive: zipOf(honest, { beforeList: new Uint8Array(25) }),
  },
  {
    name: 'a program before the archive',
    problem: 'hidden-bytes',
    archive: zipOf([{ name: 'x', ...evil, gap: bytes(0x4d, 0x5a) }]),
  },
  {
    name: 'another archive before it',
    problem: 'hidden-bytes',
    archive: zipOf([{ name: 'x', ...evil, gap: zipOf(honest) }]),
  },
  { name: 'an archive in the comment of another', problem: 'hidden-bytes', archive: inCommentOf(zipOf(honest)) },
  {
    name: 'an end in the comment',
    problem: 'not-an-archive',
    archive: zipOf(honest, { comment: `PK\x05\x06${' '.repeat(30)}` }),
  },
  { name: 'bytes behind the end', problem: 'not-an-archive', archive: Buffer.concat([zipOf(honest), bytes(0)]) },
  { name: 'bytes behind the list of files', problem: 'hidden-bytes', archive: zipOf(honest, { behindList: bytes(1) }) },
  {
    name: 'an end that is beyond counting',
    problem: 'not-an-archive',
    archive: zipOf(honest, { wide: { recordAt: 2n ** 63n } }),
  },
  {
    name: 'a list of files that is beyond counting',
    problem: 'damaged',
    archive: zipOf(honest, { wide: { listAt: 2n ** 63n } }),
  },
  {
    name: 'more files than can be counted',
    problem: 'too-many-entries',
    archive: zipOf(honest, { wide: { count: 2n ** 64n - 1n } }),
  },
  among('a file that is beyond counting', 'damaged', {
    name: 'x',
    ...evil,
    claims: { offset: 0xffffffff },
    extra: extraField(0x0001, new Uint8Array(8).fill(0x7f)),
  }),
  {
    name: 'forty files in four hundred directories each',
    problem: 'too-many-entries',
    archive: zipOf(Array.from({ length: 40 }, (_, index) => ({ name: `${index}/${'d/'.repeat(400)}x`, ...evil }))),
  },
  among('64 MiB in 64 KiB', 'suspicious-ratio', { name: 'zeros', content: zeros }),
  among('4 GiB by its own word', 'too-large', {
    name: 'x',
    ...evil,
    claims: { size: 0xfffffffe },
    local: { size: 0xfffffffe },
  }),
  among('more than it says', 'damaged', { name: 'x', content: zeros, claims: { size: 10 }, local: { size: 10 } }),
  among('less than it says', 'damaged', { name: 'x', ...evil, claims: { size: 9 }, local: { size: 9 } }),
  among('other content than it says', 'damaged', {
    name: 'x',
    ...evil,
    claims: { checksum: 7 },
    local: { checksum: 7 },
  }),
  among('bytes that do not unpack', 'damaged', { name: 'x', content: 'evil', stored: true, method: 8 }),
  {
    name: '20,000 files',
    problem: 'too-many-entries',
    archive: zipOf([...honest, ...Array.from({ length: 20_000 }, (_, index) => ({ name: `f${index}` }))]),
  },
  { name: '60,000 files by its own word', problem: 'too-many-entries', archive: zipOf(honest, { count: 60_000 }) },
  { name: 'more files than there are', problem: 'damaged', archive: zipOf(honest, { count: 9 }) },
  {
    name: 'directories and nothing else',
    problem: 'nothing-inside',
    archive: zipOf([{ name: 'lib/', mode: 0o040755 }]),
  },
  { name: 'no archive at all', problem: 'not-an-archive', archive: new TextEncoder().encode('<!doctype html>') },
  { name: 'nothing', problem: 'not-an-archive', archive: new Uint8Array(1) },
  { name: 'half an archive', problem: 'not-an-archive', archive: zipOf(honest).slice(0, -30) },
]
