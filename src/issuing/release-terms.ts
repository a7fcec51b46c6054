import { entryNameProblem } from '../domain/component/archive-entry-name.js'
import { isProductSlug } from '../domain/license/product-slug.js'
import { isVersion } from '../domain/update/version.js'
import { isVersionRange } from '../domain/update/version-range.js'
import { isWellFormed } from '../protocol/shape.js'
import { IssuingError, quote } from './issuing-error.js'

/** A component that is called as its product is would be taken for the product. */
export function readComponent(slug: string, product: string): string {
  if (typeof slug === 'string' && isProductSlug(slug) && slug !== product) return slug
  throw new IssuingError(
    'invalid-component-slug',
    `The component slug ${quote(slug)} is not valid. Use lower-case letters, digits and hyphens, and not the product.`,
  )
}

export function readVersion(version: string): string {
  if (typeof version === 'string' && isVersion(version)) return version
  throw new IssuingError('invalid-version', `The version ${quote(version)} is not valid. Write it like 1.4.2.`)
}

export function readChannel(channel: string): string {
  if (channel === 'stable' || channel === 'beta') return channel
  throw new IssuingError('invalid-channel', `There is no channel ${quote(channel)}. The channels are stable and beta.`)
}

export function readRequirement(range: string): string {
  if (typeof range === 'string' && isVersionRange(range)) return range
  throw new IssuingError(
    'invalid-requirement',
    `The required versions ${quote(range)} are not valid. Write them like ">=1.4.0".`,
  )
}

/** Clients show it as a link, which must not lead into the machine that shows it. */
export function readChangelogUrl(url: string): string {
  if (typeof url === 'string' && /^https?:$/.test(protocolOf(url))) return url
  throw new IssuingError('invalid-changelog', `The changelog URL ${quote(url)} is not valid. Write it like https://…`)
}

export function readChangelog(markdown: string): string {
  if (typeof markdown === 'string' && isWellFormed(markdown)) return markdown
  throw new IssuingError('invalid-changelog', 'The changelog must be well-formed text.')
}

/** Every customer's machine must be able to have a file of that name. */
export function readFilename(filename: string): string {
  if (!filename.startsWith('.') && entryNameProblem(filename) === undefined) return filename
  throw new IssuingError(
    'invalid-release-file',
    `The file name ${quote(filename)} is not safe on every system. Rename the file, like starter-1.4.2.zip.`,
  )
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : ''
}
