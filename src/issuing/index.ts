/** Keys and signing, for vendors and for the emulator. */
export { generateSigningKey, type SigningKey, signingKeyFromSeed } from './signing-key.js'
export {
  type LicenseTokenClaims,
  licenseKeySubject,
  type ReleaseTokenClaims,
  signLicenseToken,
  signOfflineLicenseToken,
  signReleaseToken,
} from './tokens.js'
