import type { Artifact } from '../hub/artifact.js'
import type { Moment } from '../hub/signer.js'

/** One request on its way through the emulator. */
export interface Exchange extends Moment {
  readonly request: Request
  readonly remoteAddress: string
  /** Origin of short-lived download URLs. */
  readonly downloadOrigin: string
  /** The file to hand out for one: itself, unless a fault is in the way. */
  substitute(artifact: Artifact): Artifact
  /** Tells the arrival log whose license this request is about. */
  noteLicenseKey(key: string): void
}
