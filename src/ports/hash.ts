/** SHA-256. */
export interface Hash {
  sha256(data: Uint8Array): Uint8Array
}
