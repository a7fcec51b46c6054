declare const domainNameBrand: unique symbol

/** A normalized host name: lower case, ASCII, without scheme, port, path, trailing dot and `www.`. */
export type DomainName = string & { readonly [domainNameBrand]: true }

export type DomainNameProblem = 'empty' | 'illegal-character' | 'illegal-label' | 'too-long'

export type DomainNameResult =
  | { readonly ok: true; readonly domain: DomainName }
  | { readonly ok: false; readonly problem: DomainNameProblem }

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i
const pathOrQuery = /[/?#].*$/s
const port = /:\d*$/
/** With the full stops of other scripts, by number: one that is written out would double what V8 keeps of the file. */
const internationalLetters = /^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u
const asciiLetters = /^[a-z0-9.-]+$/
/** Every `www.` but the one of `www.com`: what is normalized must stay the same when it is normalized again. */
const prefix = /^(?:www\.)+(?=[^.]*\.)/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The one normalization of what an author or a user writes for a site: `https://WWW.Example.com:8443/shop/` and
 * `example.com` are the same domain and must take the same activation slot.
 */
export function parseDomainName(input: string): DomainNameResult {
  const written = input.trim().replace(scheme, '').replace(pathOrQuery, '').replace(port, '')
  if (written === '') return { ok: false, problem: 'empty' }

  const ascii = toAscii(written)?.replace(/\.+$/, '')
  if (ascii === undefined || !asciiLetters.test(ascii)) return { ok: false, problem: 'illegal-character' }

  const domain = ascii.replace(prefix, '')
  if (domain.length > 253) return { ok: false, problem: 'too-long' }
  if (!isDomainName(domain)) return { ok: false, problem: 'illegal-label' }
  return { ok: true, domain }
}

function isDomainName(text: string): text is DomainName {
  return text.split('.').every((part) => label.test(part))
}

function toAscii(written: string): string | undefined {
  const lowerCase = written.toLowerCase()
  if (asciiLetters.test(lowerCase)) return lowerCase
  if (!internationalLetters.test(written)) return undefined
  return URL.canParse(`http://${written}`) ? new URL(`http://${written}`).hostname : undefined
}

const stagingName = /^localhost$|\.(?:test|local|dev|staging)$/

/** Whether activating this domain takes no slot (documented by FlavorTeam). */
export function isStagingDomain(domain: DomainName | 'auto'): boolean {
  return stagingName.test(domain)
}

/**
 * The domain of a product that has no site: derived from the installation, under a reserved ending that no site can
 * have. `installationDigest` is the SHA-256 of the installation id in hex.
 */
export function deviceDomain(installationDigest: string): DomainName {
  const domain = `${installationDigest.slice(0, 16)}.device.invalid`
  if (!isDomainName(domain)) throw new RangeError('An installation digest must be hexadecimal.')
  return domain
}
