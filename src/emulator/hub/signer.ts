import { licenseKeySubject, type SigningKey, signLicenseToken, signReleaseToken } from '../../issuing/index.js'
import type { WireLicense, WireLicenseRequest } from '../../protocol/wire/license.js'
import type { WireRelease } from '../../protocol/wire/release.js'
import type { VendorToken } from '../releases/vendor-token.js'

/** Puts tokens on answers; a hub that signs nothing answers `null`. */
export interface Signer {
  license(answer: Omit<WireLicense, 'token'>, request: WireLicenseRequest, moment: Moment): string | null
  /** The vendor's own token is left as it is where clients of this hub would accept it. */
  release(
    answer: Omit<WireRelease, 'token'>,
    productSlug: string,
    moment: Moment,
    vendorToken?: VendorToken,
  ): string | null
}

export interface Moment {
  /** The hub's base URL, as the client that asks spells it. */
  readonly issuer: string
  /** Epoch milliseconds. */
  readonly now: number
}

export const unsigned: Signer = { license: () => null, release: () => null }

/** Long enough for a slow download, short enough that an old release is not pushed on anybody for ever. */
const releaseLifetimeMs = 7 * 86_400_000

export function createSigner(currentKey: () => SigningKey, leaseMs: number): Signer {
  return {
    license: (answer, request, { issuer, now }) =>
      signLicenseToken(currentKey(), {
        iss: issuer,
        sub: licenseKeySubject(answer.license_key),
        aud: answer.product_slug,
        domain: answer.domain,
        ...(request.installation_id === undefined ? {} : { installation_id: request.installation_id }),
        tier: answer.tier,
        features: answer.features,
        status: answer.status,
        license_exp: answer.expires_at === null ? null : seconds(Date.parse(answer.expires_at)),
        iat: seconds(now),
        exp: seconds(now + leaseMs),
        ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
      }),
    release: (answer, productSlug, { issuer, now }, vendorToken) =>
      vendorToken && vendorToken.issuer === issuer && vendorToken.endsAt > now
        ? vendorToken.token
        : signReleaseToken(currentKey(), {
            iss: issuer,
            aud: productSlug,
            slug: answer.slug,
            version: answer.version,
            sha256: answer.sha256,
            size: answer.size,
            iat: seconds(now),
            exp: seconds(now + releaseLifetimeMs),
          }),
  }
}

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000)
}
