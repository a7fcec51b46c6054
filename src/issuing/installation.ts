import { decodeBase64Url, encodeBase64Url } from '../protocol/base64url.js'
import { hearInstallation } from '../protocol/spoken-installation.js'
import { IssuingError, quote } from './issuing-error.js'

/**
 * The installation that a license is for: its `id`, or that id in its `spoken` form, as it was read over the
 * telephone. `any` gives up that bond: the license then works on every machine that uses the domain.
 */
export type InstallationName = { readonly id: string } | { readonly spoken: string } | 'any'

/** Groups of a few letters and digits, which is how people write down what they hear. */
const grouped = /^[0-9a-z]{1,6}(?:[\s\p{Dash_Punctuation}]+[0-9a-z]{1,6}){3,}$/iu
const ungrouped = /^[0-9a-z]{28}$/i

/**
 * Tells a spoken form from an id by its shape. An author's own id of that very shape has to be given as `{ id }`.
 */
export function parseInstallation(text: string): InstallationName {
  const written = text.trim()
  // What a client makes may hold hyphens that look like those between groups.
  if (decodeBase64Url(written)?.length === 16) return { id: written }
  return grouped.test(written) || ungrouped.test(written) ? { spoken: written } : { id: written }
}

/**
 * The id as it stands in a token; `null` for any installation.
 *
 * @throws IssuingError `missing-installation`, `invalid-installation`, `misheard-installation`.
 */
export function readInstallation(name: InstallationName): string | null {
  if (name === 'any') return null
  if (typeof name !== 'object' || name === null) {
    throw new IssuingError('missing-installation', 'Name the installation that the license is for, or any.')
  }
  if ('id' in name) {
    // The same bound as for the installationId option of a client.
    if (typeof name.id === 'string' && name.id !== '' && name.id.length <= 256) return name.id
    throw new IssuingError('invalid-installation', 'An installation id must be text of 1 to 256 characters.')
  }
  const heard = typeof name.spoken === 'string' ? hearInstallation(name.spoken) : undefined
  if (heard) return encodeBase64Url(heard)
  throw new IssuingError(
    'misheard-installation',
    `The installation ${quote(name.spoken)} was misheard or mistyped. Have it read out again: 7 groups of 4 characters.`,
  )
}
