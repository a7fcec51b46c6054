import type { ArrivalLog } from '../arrivals.js'
import type { Answer } from '../faults/answer.js'
import type { FaultPipeline } from '../faults/fault-injector.js'
import type { Clock, Delay } from '../options.js'
import type { Exchange } from './exchange.js'
import { jsonReply, textReply } from './reply.js'
import type { Match, RouteMatcher } from './route-table.js'

/** Where a request came in. */
export interface Mount {
  readonly remoteAddress: string
  readonly issuer: string
  readonly downloadOrigin: string
}

/** Rejects where the connection is to be broken instead of answered. */
export type Handler = (request: Request, mount: Mount) => Promise<Response>

export interface HandlerParts {
  readonly match: RouteMatcher
  readonly arrivals: ArrivalLog
  readonly faults: FaultPipeline
  readonly clock: Clock
  readonly delay: Delay
}

export function createHandler({ match, arrivals, faults, clock, delay }: HandlerParts): Handler {
  return async (request, mount) => {
    const { pathname } = new URL(request.url)
    const found = match(request.method, pathname)
    const { name: route, category } = found.kind === 'route' ? found.route : { name: null, category: null }
    const arrival = arrivals.add({
      at: clock.now(),
      method: request.method,
      path: pathname,
      route,
      category,
      remoteAddress: mount.remoteAddress,
      userAgent: request.headers.get('user-agent'),
    })
    const { noteLicenseKey } = arrival
    const answer: Answer = ({ request: asked = request, substitute = itself } = {}) =>
      answerOf(found, { ...mount, request: asked, substitute, now: clock.now(), noteLicenseKey })
    const response = await faults.run(route, { request, delay, now: clock.now() }, answer).catch((error: unknown) => {
      arrival.dropped()
      throw error
    })
    arrival.answered(response.status)
    return response
  }
}

function itself<Value>(value: Value): Value {
  return value
}

async function answerOf(match: Match, exchange: Exchange): Promise<Response> {
  switch (match.kind) {
    case 'route':
      try {
        return await match.route.handle(exchange, match.parameters)
      } catch (error) {
        if (exchange.request.signal.aborted) throw error
        return textReply(500, 'text/plain; charset=utf-8', 'Internal Server Error')
      }
    case 'other-method':
      return jsonReply(405, { detail: 'Method Not Allowed' }, { allow: match.allow })
    case 'trailing-slash': {
      const location = new URL(exchange.request.url)
      location.pathname = match.path
      return new Response(null, { status: 307, headers: { location: location.href, 'content-length': '0' } })
    }
    case 'nothing':
      return jsonReply(404, { detail: 'Not Found' })
  }
}
