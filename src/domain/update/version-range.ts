import validRange from 'semver/ranges/valid.js'

/** Whether `text` is a range of versions, such as `>=1.4.0`, in the grammar by which a release's `requires` is judged. */
export function isVersionRange(text: string): boolean {
  return text.length <= 256 && validRange(text) !== null
}
