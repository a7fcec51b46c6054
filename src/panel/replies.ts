import type { PanelFailure } from './panel-api.js'
import type { PanelError } from './panel-error.js'

/**
 * Nothing of another origin, no inline script and no inline style: a name or a changelog that holds markup stays text.
 * The panel may be framed by the product's own pages alone (clickjacking).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

const protection = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

export function contentReply(type: string, content: string | ReadableStream<Uint8Array>): Response {
  return new Response(content, { headers: { ...protection, 'content-type': type } })
}

export function jsonReply(value: unknown): Response {
  return contentReply('application/json', JSON.stringify(value))
}

export function errorReply(error: PanelError): Response {
  const headers = { ...protection, ...error.headers, 'content-type': 'application/json' }
  return new Response(JSON.stringify(errorBody(error)), { status: error.status, headers })
}

export function errorBody({ code, message }: PanelError): PanelFailure {
  return { error: { code, message } }
}
