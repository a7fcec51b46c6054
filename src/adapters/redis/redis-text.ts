/** Bytes as text: a client may be set to read every answer as UTF-8, which not all bytes survive. */
export function toText(content: Uint8Array): string {
  return Buffer.from(content).toString('base64')
}

/** The bytes of an answer; `undefined` where there are none. */
export function toBytes(answer: unknown): Uint8Array | undefined {
  return answer === null || answer === undefined ? undefined : new Uint8Array(Buffer.from(String(answer), 'base64'))
}
