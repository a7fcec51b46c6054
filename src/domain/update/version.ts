const numeric = '(?:0|[1-9]\\d*)'
const preReleasePart = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'

const semanticVersion = new RegExp(
  `^${numeric}\\.${numeric}\\.${numeric}` +
    `(?:-${preReleasePart}(?:\\.${preReleasePart})*)?` +
    '(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$',
)

/**
 * Whether `text` is a version in the grammar of Semantic Versioning 2.0.0 that can also be compared: of at most 256
 * characters, no number above 2^53 - 1. Every product's start validates its own version, so this needs no library;
 * comparing versions does, and only update checks do that.
 */
export function isVersion(text: string): boolean {
  return text.length <= 256 && semanticVersion.test(text) && text.split(/[.+-]/, 3).every(isExact)
}

/** Libraries throw on numbers that they cannot tell apart, and a hub must not be able to make them. */
function isExact(number: string): boolean {
  return Number.isSafeInteger(Number(number))
}
