import { decodeBase64Url } from './base64url.js'
import { parseJson } from './json.js'
import type { LicenseTokenExpectation, LicenseTokenProblem } from './license-token.js'
import { isString, objectOf } from './shape.js'

const namesKey = objectOf<{ kid: string }>({ kid: isString })
const namesIssuer = objectOf<{ iss: string }>({ iss: isString })

/**
 * What an author may have got wrong where a token does not prove what it should. Nobody vouches for what such a token
 * states: it is quoted, and decides nothing.
 */
export function describeDoubt(
  compact: string,
  problem: LicenseTokenProblem,
  { hub, keys }: Pick<LicenseTokenExpectation, 'hub' | 'keys'>,
): string {
  const [header, payload] = compact.split('.').map((part) => parseJson(decodeBase64Url(part) ?? new Uint8Array()))
  if (namesIssuer(payload) && payload.iss !== hub) {
    return `the token names the hub ${quote(payload.iss)}, and hub.url is ${quote(hub)}`
  }
  if (!namesKey(header)) return problem
  const keyId = quote(header.kid)
  if (problem === 'unknown-key') {
    return `the token names the key ${keyId}, and pinned are ${[...keys.keys()].map(quote).join(', ')}`
  }
  return problem === 'bad-signature' ? `the key that is pinned as ${keyId} is not the one that signed` : problem
}

/** What somebody else wrote, short enough for a sentence and without line breaks. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
