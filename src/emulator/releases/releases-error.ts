/** What is wrong with a folder of releases. Stable: programs may rely on these strings. */
export type ReleasesProblem =
  /** The folder, or a file in it, cannot be read. */
  | 'releases-unreadable'
  /** A manifest is not what one must be. */
  | 'invalid-manifest'
  /** An archive has no manifest. */
  | 'missing-manifest'
  /** A manifest names a file that is not beside it. */
  | 'missing-file'
  /** The file is not the one that its manifest states. */
  | 'file-mismatch'
  /** The token is not one that this hub's keys vouch for, or is about something else, or has ended. */
  | 'untrusted-release'
  /** The hub has no such product. */
  | 'unknown-product'
  /** Two manifests name the same version of the same thing. */
  | 'duplicate-release'

/** A folder of releases that cannot be used, for the reason that `code` names and the message says in a sentence. */
export class EmulatorReleasesError extends Error {
  override readonly name: string = 'EmulatorReleasesError'
  readonly code: ReleasesProblem

  constructor(code: ReleasesProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
