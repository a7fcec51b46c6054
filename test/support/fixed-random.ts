import type { Random } from '../../src/ports/random.js'

/** No chance at all: every byte is 42 and every jitter is none, so that a request can be compared byte for byte. */
export const fixedRandom: Random = {
  bytes: (length) => new Uint8Array(length).fill(42),
  fraction: () => 0,
}

/** 16 bytes of {@link fixedRandom} as base64url. */
export const fixedNonce = 'KioqKioqKioqKioqKioqKg'
