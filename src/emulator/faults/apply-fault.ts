import { STATUS_CODES } from 'node:http'
import { withLastingSignal } from '../http/lasting-signal.js'
import { textReply, withHeaders } from '../http/reply.js'
import type { Answer } from './answer.js'
import { ConnectionDropped } from './connection-dropped.js'
import type { Fault, FaultMoment } from './fault.js'
import { cutBody, endlessBody, gzipBomb, slowBody } from './faulty-bodies.js'
import { applyFileFault, type FileFaultContext } from './file-fault.js'
import { applyReleaseFault, type ReleaseFaultContext } from './release-fault.js'
import { untilAborted } from './until-aborted.js'

export interface FaultContext extends FileFaultContext, ReleaseFaultContext {}

/** One fault around what the hub would answer. */
export async function applyFault(fault: Fault, context: FaultContext, answer: Answer): Promise<Response> {
  const { request, delay } = context
  switch (fault.kind) {
    case 'latency':
      await delay(fault.ms, request.signal)
      return answer()
    case 'silence':
      return untilAborted(request.signal)
    case 'drop':
      await processed(fault, answer)
      throw new ConnectionDropped()
    case 'status':
      await processed(fault, answer)
      return statusReply(fault)
    case 'html':
      await processed(fault, answer)
      return textReply(fault.status ?? 200, 'text/html; charset=utf-8', fault.html ?? captivePortalPage)
    case 'redirect':
      await processed(fault, answer)
      return new Response(null, {
        status: fault.status ?? 307,
        headers: { location: fault.location, 'content-length': '0' },
      })
    case 'truncated-body': {
      const response = await answer()
      const bytes = new Uint8Array(await response.arrayBuffer())
      const kept = bytes.slice(0, fault.bytes ?? Math.floor(bytes.byteLength / 2))
      return fault.ending === 'clean' ? replaceBody(response, kept) : keepLength(response, cutBody(kept))
    }
    case 'slow-body': {
      const response = await answer()
      const bytes = new Uint8Array(await response.arrayBuffer())
      const pace = { bytes: fault.bytes ?? 1, everyMs: fault.everyMs ?? 1000 }
      return keepLength(response, slowBody(bytes, pace, delay, request.signal))
    }
    case 'content-type':
      return withHeaders(await answer(), { 'content-type': fault.contentType })
    case 'empty-body':
      return replaceBody(await answer(), new Uint8Array())
    case 'endless-body':
      return new Response(endlessBody(), { headers: { 'content-type': 'application/json' } })
    case 'gzip-bomb':
      return new Response(gzipBomb(fault.bytes ?? 1_073_741_824), {
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      })
    case 'huge-header':
      return withHeaders(await answer(), { 'x-padding': 'x'.repeat(fault.bytes ?? 1_048_576) })
    case 'respond':
      // A copy, so that reading the body here leaves it for the hub to read.
      return fault.respond(withLastingSignal(request.clone(), request.signal), () => answer())
    case 'release-token':
    case 'release-field':
    case 'duplicate-field':
      return applyReleaseFault(fault, context, answer)
    default:
      return applyFileFault(fault, context, answer)
  }
}

async function processed(fault: FaultMoment, answer: Answer): Promise<void> {
  if (fault.when === 'after') await answer()
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>): Response {
  const { status, headers = {} } = fault
  if (status === 204 || status === 304) return new Response(null, { status, headers })
  const body = fault.body ?? STATUS_CODES[status] ?? ''
  return textReply(status, fault.contentType ?? 'text/plain; charset=utf-8', body, headers)
}

function replaceBody(response: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers(response.headers)
  headers.set('content-length', String(bytes.byteLength))
  return new Response(bytes, { status: response.status, headers })
}

/** The stated length stays what it was: that is how a client can tell that bytes are missing. */
function keepLength(response: Response, body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: response.status, headers: response.headers })
}

const captivePortalPage =
  '<!DOCTYPE html>\n<html><head><title>Welcome to Hotel Wi-Fi</title></head><body><form action="/login" method="post"><h1>Please accept the terms of use</h1><button>Connect</button></form></body></html>\n'
