import { type Exchange, type Reply, toReply, undecided, withinLimits } from '../../asking/ask-within-limits.js'
import { byDeadline } from '../../asking/by-deadline.js'
import type { Priority } from '../../domain/budget/ledger.js'
import { followRedirect, maxRedirects } from '../../domain/download/download-address.js'
import type { SetbackReason } from '../../domain/license/setback.js'
import { BodyFailure, type StreamedResponse, type StreamRequest } from '../../ports/transport.js'
import {
  fileValidator,
  type ResumePoint,
  rangeHeaders,
  readFileHead,
  readFileRefusal,
  readForeignRefusal,
} from '../../protocol/exchange/download.js'
import { encodeJson } from '../../protocol/json.js'
import { type Reading, type ReceivedResponse, setback } from '../../protocol/response.js'
import type { RouteName, RouteTable } from '../../protocol/routes.js'
import type { ErrorCode } from '../../protocol/wire/error.js'
import type { Engine } from '../engine.js'

export interface FileRequest {
  readonly operation: RouteName
  readonly route: RouteTable[RouteName]
  /** Holds the license key. */
  readonly body: object
  readonly size: number
  readonly point: ResumePoint | null
  /** Until the hub answers, waiting for a place in the budget included. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
  readonly priority: Priority
  /** Told when a place in the budget has been got. */
  readonly onSend: () => void
}

export type FileAnswer =
  | {
      readonly kind: 'file'
      /** Where in the file the bytes begin. */
      readonly from: number
      readonly validator: string | null
      readonly body: AsyncIterable<Uint8Array>
    }
  /** The bytes that are there are not of the file that the server has now. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'other-size' }
  | { readonly kind: 'unsafe-redirect' }

type Answer = FileAnswer | { readonly kind: 'redirect'; readonly location: string }

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** An answer that is no file is a few kilobytes of JSON; more is somebody else's page, or an attack. */
const maxRefusalBytes = 64 * 1024

/**
 * Asks the hub for a file, or the rest of it, and whoever the hub sends us on to. The license key goes to the address of
 * the hub's route and nowhere else: every further request, to the hub itself too, is a bare GET.
 */
export async function requestFile(engine: Engine, request: FileRequest): Promise<Reply<FileAnswer, ErrorCode>> {
  const { settings } = engine
  const { route, body, point, signal } = request
  const hub = new URL(settings.hub)
  let address = new URL(`${settings.hub}${route.path}`)
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': settings.userAgent,
    ...rangeHeaders(point),
  }

  const limited = { ...engine, limits: settings.limits }
  let reply = await withinLimits(limited, { ...request, category: route.category }, (remainingMs) => {
    request.onSend()
    return untilDeadline(engine, remainingMs, signal, (within) =>
      exchange(engine, request, {
        method: route.method,
        url: address.href,
        headers: { ...headers, 'content-type': 'application/json' },
        body: encodeJson(body),
        publicOnly: false,
        signal: within,
      }),
    )
  })
  for (let redirects = 0; ; redirects += 1) {
    if (reply.kind !== 'answer') return reply
    const { answer, receivedAt } = reply
    if (answer.kind !== 'redirect') return { ...reply, answer }
    if (redirects === maxRedirects) return undecided('hub-failed', receivedAt)
    const next = followRedirect(answer.location, address, hub)
    if (!next) return { ...reply, answer: { kind: 'unsafe-redirect' } }
    address = next.url
    const { publicOnly } = next
    reply = toReply(
      await exchange(engine, request, { method: 'GET', url: address.href, headers, body: null, publicOnly, signal }),
    )
  }
}

/** The place in the budget covers a request until then. The file itself may take longer. */
async function untilDeadline(
  { clock }: Engine,
  remainingMs: number,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Exchange<Answer, ErrorCode>>,
): Promise<Exchange<Answer, ErrorCode>> {
  const late = new AbortController()
  const asked = ask(AbortSignal.any([signal, late.signal]))
  const answer = await byDeadline(clock, clock.monotonic() + remainingMs, asked)
  if (answer) return answer
  late.abort()
  return { reading: setback('timeout'), head: null, receivedAt: clock.now() }
}

async function exchange(
  { clock, observer, settings, transport }: Engine,
  { operation, point, size }: FileRequest,
  request: StreamRequest,
): Promise<Exchange<Answer, ErrorCode>> {
  const sentAt = clock.now()
  const started = clock.monotonic()
  const result = await transport.stream(request)
  const durationMs = clock.monotonic() - started
  const receivedAt = clock.now()
  const isHub = new URL(request.url).origin === new URL(settings.hub).origin
  const reading: Reading<Answer> = result.ok
    ? await read(result.response, { point, size, isHub, receivedAt })
    : setback(result.reason)
  observer.notify('request', {
    operation,
    sentAt,
    durationMs,
    status: result.ok ? result.response.status : null,
    outcome: outcomeOf(reading),
  })
  return { reading, head: result.ok ? result.response : null, receivedAt }
}

interface Circumstances extends Pick<FileRequest, 'point' | 'size'> {
  readonly isHub: boolean
  readonly receivedAt: number
}

async function read(
  response: StreamedResponse,
  { point, size, isHub, receivedAt }: Circumstances,
): Promise<Reading<Answer>> {
  const { status, headers, body } = response
  const { location } = headers
  if (redirectStatuses.has(status) && location !== undefined) {
    response.cancel()
    return { kind: 'answer', answer: { kind: 'redirect', location } }
  }
  const head = readFileHead(response, point, size)
  switch (head.kind) {
    case 'file':
      return { kind: 'answer', answer: { ...head, validator: fileValidator(response), body } }
    case 'changed':
    case 'other-size':
      response.cancel()
      return { kind: 'answer', answer: head }
    case 'none': {
      const refusal: ReceivedResponse = { status, headers, body: await readStart(body) }
      return isHub ? readFileRefusal(refusal, receivedAt) : readForeignRefusal(refusal, receivedAt)
    }
  }
}

/** As much of a body as a refusal may have. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const bytes of body) {
      // Each piece is good until the next is asked for.
      pieces.push(new Uint8Array(bytes))
      length += bytes.length
      if (length > maxRefusalBytes) break
    }
  } catch (error) {
    // Half of a refusal is none.
    if (!(error instanceof BodyFailure)) throw error
  }
  return Buffer.concat(pieces)
}

function outcomeOf(reading: Reading<Answer>): 'answer' | 'refusal' | SetbackReason {
  if (reading.kind === 'setback') return reading.reason
  return reading.kind === 'answer' && reading.answer.kind === 'redirect' ? 'redirected' : reading.kind
}
