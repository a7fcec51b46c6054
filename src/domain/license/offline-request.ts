/** What a vendor must know to issue a license for a machine that never sees the hub. */
export interface OfflineRequest {
  readonly product: string
  readonly productVersion: string
  readonly domain: string
  readonly installationId: string
  /** The installation id in a form to read over the telephone; `null` for an id of the author's own. */
  readonly spokenInstallationId: string | null
  /** Random: tells two requests of one machine apart. */
  readonly nonce: string
}
