/** HMAC-SHA256. */
export interface WebhookSignature {
  /** Whether `hmac`, in hex, is that of exactly these bytes under the secret; compares in constant time. */
  verify(secret: string, body: Uint8Array, hmac: string): boolean
}
