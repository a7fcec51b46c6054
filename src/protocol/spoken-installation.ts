/**
 * An installation id to read over the telephone: Crockford's base32, which has no letters that sound or look alike, in
 * groups of four, the last two characters a checksum.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A prime just below 32 squared: changing any one character, or swapping two neighbors, changes the remainder. */
const checkPrime = 1021n

const idLength = 16
const digits = 26

/** Mail programs and word processors turn hyphens into dashes. */
const separators = /[\s\p{Dash_Punctuation}]+/gu

export function speakInstallation(id: Uint8Array): string | undefined {
  if (id.length !== idLength) return undefined
  const value = id.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const text = encode(value, digits) + encode(value % checkPrime, 2)
  return text.replace(/.{4}(?=.)/g, '$&-')
}

/** `undefined` when this is not such a code, or was misheard. */
export function hearInstallation(code: string): Uint8Array | undefined {
  const text = code.toUpperCase().replace(separators, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (text.length !== digits + 2) return undefined
  const value = decode(text.slice(0, digits))
  const check = decode(text.slice(digits))
  if (value === undefined || check === undefined || value % checkPrime !== check || value >= 2n ** 128n)
    return undefined
  return Uint8Array.from({ length: idLength }, (_, index) =>
    Number((value >> BigInt(8 * (idLength - 1 - index))) & 255n),
  )
}

function encode(value: bigint, length: number): string {
  const digitAt = (index: number) => Number((value >> BigInt(5 * (length - 1 - index))) & 31n)
  const letters = Array.from({ length }, (_, index) => alphabet.charAt(digitAt(index)))
  return letters.join('')
}

function decode(text: string): bigint | undefined {
  const values = [...text].map((letter) => alphabet.indexOf(letter))
  if (values.includes(-1)) return undefined
  return values.reduce((sum, value) => sum * 32n + BigInt(value), 0n)
}
