const numeric = '(?:0|[1-9]\\d*)'
const preReleasePart = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'

const semanticVersion = new RegExp(
  `^${numeric}\\.${numeric}\\.${numeric}` +
    `(?:-${preReleasePart}(?:\\.${preReleasePart})*)?` +
    '(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$',
)

/**
 * Whether `text` is a version in the grammar of Semantic Versioning 2.0.0. Every product's start validates its own
 * version, so this needs no library; comparing versions does, and only update checks do that.
 */
export function isVersion(text: string): boolean {
  return text.length <= 256 && semanticVersion.test(text)
}
