/** What is wrong with the name of an entry in an archive. */
export type EntryNameProblem =
  | 'empty-name'
  | 'not-unicode'
  | 'control-character'
  | 'backslash'
  | 'absolute-path'
  | 'drive-or-stream'
  | 'forbidden-character'
  | 'traversal'
  | 'empty-segment'
  | 'trailing-dot-or-space'
  | 'device-name'
  | 'name-too-long'

/** The longest name of a file that common file systems take, in bytes of UTF-8. */
const maxSegmentBytes = 255
const maxPathCharacters = 1_024

/**
 * Windows sends whatever is written to one of these names to a device, whichever the directory and the extension, in
 * any case, with blanks before the dot and with superscript digits.
 */
const deviceName = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?: *\..*)?$/i

/** Rules about the whole name, in the order in which they are tried. */
const nameRules: readonly (readonly [EntryNameProblem, RegExp])[] = [
  ['empty-name', /^$/],
  // A replacement character stands for bytes that were no text: two names would become one.
  ['not-unicode', /[\p{Surrogate}\uFFFD]/u],
  // NUL ends a path early; invisible characters make two names that look alike, and some file systems ignore them.
  ['control-character', /[\p{Cc}\p{Cf}\u2028\u2029]/u],
  ['backslash', /\\/],
  ['absolute-path', /^\//],
  // `C:evil` is on another drive; `file.txt:evil` is a hidden stream of a file on NTFS.
  ['drive-or-stream', /:/],
  ['forbidden-character', /[<>"|?*]/],
]

/** Rules about each part of the path. */
const segmentRules: readonly (readonly [EntryNameProblem, (segment: string) => boolean])[] = [
  ['traversal', (segment) => segment === '..'],
  ['empty-segment', (segment) => segment === '' || segment === '.'],
  // Windows drops them, so that `.. ` is `..` and `a.` is `a`.
  ['trailing-dot-or-space', (segment) => /[. ]$/.test(segment)],
  ['device-name', (segment) => deviceName.test(segment)],
  ['name-too-long', (segment) => new TextEncoder().encode(segment).length > maxSegmentBytes],
]

/**
 * Whether the name of an entry, which ends in a slash where it is a directory, is a plain relative path on every
 * operating system; else what is wrong. A product is installed on Windows from an archive that was made on Linux and
 * the reverse, so that what is dangerous on one of them is refused on all.
 */
export function entryNameProblem(name: string): EntryNameProblem | undefined {
  if (name.length > maxPathCharacters) return 'name-too-long'
  const problem = nameRules.find(([, pattern]) => pattern.test(name))
  if (problem) return problem[0]
  const segments = entryPath(name).split('/')
  return segmentRules.find(([, applies]) => segments.some(applies))?.[0]
}

/** The name without the slash that marks a directory. */
export function entryPath(name: string): string {
  return name.endsWith('/') ? name.slice(0, -1) : name
}

/**
 * What two names have in common that some file system takes for one: those of Windows and macOS ignore case, and that
 * of macOS the way in which an accent is composed.
 */
export function foldedName(name: string): string {
  return name.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD')
}
