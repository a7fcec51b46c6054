import type { ServedRoute } from '../http/route-table.js'
import type { FileFault } from './file-fault.js'
import type { ReleaseFault } from './release-fault.js'

/** Which requests a fault hits. */
export interface FaultTarget {
  /** `files` is the host of files, `*` every request, unknown paths included. @defaultValue '*' */
  readonly route?: ServedRoute | '*' | undefined
  /** How many requests it lets pass before the first that it hits. @defaultValue 0 */
  readonly after?: number | undefined
  /** How many requests it hits before it is spent. @defaultValue every one until `clear()` */
  readonly times?: number | undefined
}

/**
 * Whether the hub ever saw the request that is answered wrongly: `before` is something in its way (a captive portal, a
 * proxy), `after` is a reply that was lost or replaced once the hub had done its work.
 */
export interface FaultMoment {
  /** @defaultValue 'before' */
  readonly when?: 'before' | 'after' | undefined
}

/** What goes wrong. */
export type FaultKind =
  /** The request is processed `ms` milliseconds late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** No answer, ever; it ends when the client gives up. */
  | { readonly kind: 'silence' }
  /** The connection breaks: before the hub did its work, or after, so that only the reply is lost. */
  | ({ readonly kind: 'drop' } & FaultMoment)
  /** Another answer. Without a `body`, the reason phrase in plain text, as a crash answers. */
  | ({
      readonly kind: 'status'
      readonly status: number
      readonly body?: string | undefined
      readonly contentType?: string | undefined
      readonly headers?: Readonly<Record<string, string>> | undefined
    } & FaultMoment)
  /** A page for people: a captive portal's login, unless told otherwise. Default: status 200. */
  | ({ readonly kind: 'html'; readonly status?: number | undefined; readonly html?: string | undefined } & FaultMoment)
  /** A redirect. Default: status 307. */
  | ({ readonly kind: 'redirect'; readonly location: string; readonly status?: number | undefined } & FaultMoment)
  /**
   * The hub's own answer, cut. `cut` breaks the connection in the middle of the body, `clean` ends it as if it were
   * whole. Default: half of the bytes, 'cut'.
   */
  | {
      readonly kind: 'truncated-body'
      readonly bytes?: number | undefined
      readonly ending?: 'cut' | 'clean' | undefined
    }
  /** The hub's own answer, `bytes` at a time, with `everyMs` milliseconds before each. Default: 1 byte, 1000 ms. */
  | { readonly kind: 'slow-body'; readonly bytes?: number | undefined; readonly everyMs?: number | undefined }
  /** The hub's own answer under another content type. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** The hub's own status and headers with nothing behind them. */
  | { readonly kind: 'empty-body' }
  /** Status 200 and JSON that never ends. */
  | { readonly kind: 'endless-body' }
  /** Status 200 and a small gzip body that unpacks to `bytes`. Default: 1 GiB. */
  | { readonly kind: 'gzip-bomb'; readonly bytes?: number | undefined }
  /** The hub's own answer with one header of that many bytes. Default: 1 MiB. */
  | { readonly kind: 'huge-header'; readonly bytes?: number | undefined }
  /** Anything else; `answer` gives what the hub itself would say, and does its work. */
  | {
      readonly kind: 'respond'
      /** What is answered. */
      readonly respond: (request: Request, answer: () => Promise<Response>) => Response | Promise<Response>
    }

/** What goes wrong, and with which requests. */
export type Fault = FaultTarget & (FaultKind | FileFault | ReleaseFault)
