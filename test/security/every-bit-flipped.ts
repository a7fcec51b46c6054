export interface Flip {
  readonly position: number
  readonly bit: number
  /** What a reader sees of the changed file. */
  readonly text: string
}

/** Every text that differs from this one in a single bit of its bytes. */
export function* everyBitFlipped(original: string): Generator<Flip> {
  const bytes = new TextEncoder().encode(original)
  for (const [position, byte] of bytes.entries()) {
    for (let bit = 0; bit < 8; bit += 1) {
      bytes[position] = byte ^ (1 << bit)
      yield { position, bit, text: new TextDecoder().decode(bytes) }
    }
    bytes[position] = byte
  }
}
