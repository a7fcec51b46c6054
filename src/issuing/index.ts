/**
 * Keys and signing, for vendors and for the emulator.
 *
 * @module flavor-license/issuing
 */
export { type InstallationName, parseInstallation } from './installation.js'
export { IssuingError, type IssuingErrorCode, isIssuingError } from './issuing-error.js'
export { type IssuedOfflineLicense, issueOfflineLicense, type OfflineLicenseTerms } from './offline-license.js'
export type { Validity } from './offline-license-terms.js'
export { type ReleaseManifest, type ReleaseTerms, type SignedRelease, signRelease } from './release.js'
export { generateSigningKey, type SigningKey, signingKeyFromSeed } from './signing-key.js'
export { readSigningKeyFile, type SigningKeyFile, writeSigningKeyFile } from './signing-key-file.js'
export {
  type LicenseTokenClaims,
  licenseKeySubject,
  type ReleaseTokenClaims,
  signLicenseToken,
  signOfflineLicenseToken,
  signReleaseToken,
} from './tokens.js'
