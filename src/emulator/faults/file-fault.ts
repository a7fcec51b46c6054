import { createHash } from 'node:crypto'
import { withLastingSignal } from '../http/lasting-signal.js'
import type { Artifact, ArtifactBody } from '../hub/artifact.js'
import type { Delay } from '../options.js'
import type { Answer } from './answer.js'
import { endlessFile, stalledBody } from './faulty-bodies.js'

/** What goes wrong with a file on its way. Where a download is redirected, `files` is the route of the file itself. */
export type FileFault =
  /** The body without its last bytes, as if it were whole. Default: 1 byte. */
  | { readonly kind: 'short-body'; readonly bytes?: number | undefined }
  /** The body with more bytes behind it, as if they belonged to it. Default: 1 byte. */
  | { readonly kind: 'long-body'; readonly bytes?: number | undefined }
  /** The body with one bit of one byte flipped, under the same length and entity tag. Default: the byte in the middle. */
  | { readonly kind: 'changed-byte'; readonly at?: number | undefined }
  /** The body up to that many bytes, and then nothing, on a connection that stays. Default: half of the bytes. */
  | { readonly kind: 'stalled-body'; readonly bytes?: number | undefined }
  /** The right bytes, and then others without end; no length is stated. */
  | { readonly kind: 'endless-file' }
  /** The right body under a length that is not its own. */
  | { readonly kind: 'content-length'; readonly bytes: number }
  /** The right body under a `Content-Range` that is not its own, with 206 whatever was asked for. */
  | { readonly kind: 'content-range'; readonly contentRange: string }
  /** A redirect to where the request came to. Default: status 307. */
  | { readonly kind: 'redirect-loop'; readonly status?: number | undefined }
  /** Another file of the same length and name, under an entity tag of its own: it was replaced at the hub. */
  | { readonly kind: 'replaced-file' }
  /** The file of another release, of the product or of one of its components. */
  | ({ readonly kind: 'other-file' } & NamedFile)
  /** `If-Range` is not heeded: a part is sent whichever file it was asked of. */
  | { readonly kind: 'ignored-if-range' }
  /** `Range` is not heeded: the whole file is sent, as any server may. */
  | { readonly kind: 'ignored-range' }

/** A release's file, by whose it is. */
export interface NamedFile {
  /** The product's slug. */
  readonly product: string
  /** The slug of one of its components, where the file is of that. */
  readonly component?: string | undefined
  readonly version: string
}

export interface FileFaultContext {
  readonly request: Request
  readonly delay: Delay
  fileOf(named: NamedFile): Artifact
}

export async function applyFileFault(fault: FileFault, context: FileFaultContext, answer: Answer): Promise<Response> {
  const { request } = context
  switch (fault.kind) {
    case 'short-body':
      return withBytes(await answer(), (bytes) => bytes.slice(0, Math.max(0, bytes.byteLength - (fault.bytes ?? 1))))
    case 'long-body':
      return withBytes(await answer(), (bytes) => lengthened(bytes, fault.bytes ?? 1))
    case 'changed-byte':
      return withBytes(await answer(), (bytes) => changed(bytes, fault.at ?? Math.floor(bytes.byteLength / 2)))
    case 'stalled-body': {
      const response = await answer()
      const bytes = new Uint8Array(await response.arrayBuffer())
      const kept = bytes.slice(0, fault.bytes ?? Math.floor(bytes.byteLength / 2))
      return withBody(response, stalledBody(kept, request.signal), response.headers)
    }
    case 'endless-file': {
      const response = await answer()
      const bytes = new Uint8Array(await response.arrayBuffer())
      return withBody(response, endlessFile(bytes), withoutHeader(response.headers, 'content-length'))
    }
    case 'content-length': {
      const response = await answer()
      const headers = new Headers(response.headers)
      headers.set('content-length', String(fault.bytes))
      return withBody(response, response.body, headers)
    }
    case 'content-range': {
      const response = await answer()
      const headers = new Headers(response.headers)
      headers.set('content-range', fault.contentRange)
      return new Response(response.body, { status: 206, headers })
    }
    case 'redirect-loop':
      return new Response(null, {
        status: fault.status ?? 307,
        headers: { location: request.url, 'content-length': '0' },
      })
    case 'replaced-file':
      return answer({ substitute: replaced })
    case 'other-file':
      return answer({ substitute: () => context.fileOf(fault) })
    case 'ignored-if-range':
      return answer({ request: withoutRequestHeader(request, 'if-range') })
    case 'ignored-range':
      return answer({ request: withoutRequestHeader(request, 'range') })
  }
}

async function withBytes(
  response: Response,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const bytes = change(new Uint8Array(await response.arrayBuffer()))
  const headers = new Headers(response.headers)
  headers.set('content-length', String(bytes.byteLength))
  return withBody(response, bytes, headers)
}

function withBody(
  { status }: Response,
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null,
  headers: Headers,
): Response {
  return new Response(body, { status, headers })
}

function lengthened(bytes: Uint8Array<ArrayBuffer>, more: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.byteLength + more)
  longer.set(bytes)
  return longer
}

function changed(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
}

/** Every bit of it is another. Its digest is in no release: it is there for the entity tag alone. */
function replaced(artifact: Artifact): Artifact {
  const inverted = () =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (part, controller) => controller.enqueue(part.map((byte) => byte ^ 0xff)),
    })
  return {
    ...artifact,
    sha256: createHash('sha256').update(`replaced:${artifact.sha256}`).digest('hex'),
    body: (first, end) => streamed(artifact.body(first, end)).pipeThrough(inverted()),
  }
}

function streamed(body: ArtifactBody): ReadableStream<Uint8Array> {
  return body instanceof Uint8Array ? new Blob([body]).stream() : body
}

function withoutRequestHeader(request: Request, name: string): Request {
  const changed = new Request(request.clone(), { headers: withoutHeader(request.headers, name) })
  return withLastingSignal(changed, request.signal)
}

function withoutHeader(headers: Headers, name: string): Headers {
  const others = new Headers(headers)
  others.delete(name)
  return others
}
