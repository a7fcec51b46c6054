declare const licenseKeyBrand: unique symbol

/** A license key of the documented shape `FLVR-XXXX-XXXX-XXXX-XXXX`. */
export type LicenseKey = string & { readonly [licenseKeyBrand]: true }

const shape = /^FLVR(?:-[0-9A-Z]{4}){4}$/

const invisible = /\p{Default_Ignorable_Code_Point}/gu
const separators = /[\s\p{Dash_Punctuation}\u2212]+/gu

/**
 * The key that somebody typed or pasted, or `undefined` when it has another shape.
 *
 * Mail programs and word processors turn hyphens into dashes, add blanks and invisible characters, and people type
 * lower case: all of that is repaired. The last group is a checksum whose algorithm is not public, so that only the
 * hub can tell whether a well-formed key exists.
 */
export function parseLicenseKey(input: string): LicenseKey | undefined {
  const repaired = input
    .normalize('NFKC')
    .replace(invisible, '')
    .trim()
    .replace(separators, '-')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
  return isLicenseKey(repaired) ? repaired : undefined
}

/** Exactly the canonical shape, nothing repaired. */
export function isLicenseKey(text: string): text is LicenseKey {
  return shape.test(text)
}

/** What may be shown of a key: `FLVR-****-****-****-MNOP`. */
export function maskLicenseKey(key: LicenseKey): string {
  return `FLVR-****-****-****-${key.slice(-4)}`
}
