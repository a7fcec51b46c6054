import type { Artifact } from '../hub/artifact.js'

/** What a fault changes of a request before the hub works on it. */
export interface Detour {
  /** @defaultValue the request that came */
  readonly request?: Request | undefined
  /** The file that is handed out in place of the right one. @defaultValue the right one */
  readonly substitute?: ((artifact: Artifact) => Artifact) | undefined
}

/** What the hub itself would say; it does its work for it. */
export type Answer = (detour?: Detour) => Promise<Response>
