import type { RateLimit } from '../../protocol/routes.js'
import type { RateLimitBody } from '../options.js'
import type { Admission } from '../rate-limit/strategy.js'
import { jsonReply, textReply } from './reply.js'

/** One denied request. */
export interface Denial {
  readonly admission: Admission
  readonly limit: RateLimit
  /** Epoch milliseconds. */
  readonly now: number
}

/** The answer over the limit, in one of the forms that real servers give it. */
export function tooManyRequests(body: RateLimitBody, denial: Denial): Response {
  const { admission, limit, now } = denial
  const slowapi = { error: `Rate limit exceeded: ${limitInWords(limit)}` }
  switch (body) {
    case 'slowapi':
      return jsonReply(429, slowapi)
    case 'slowapi-headers':
    case 'slowapi-headers-date':
      return jsonReply(429, slowapi, rateLimitHeaders(body, denial))
    case 'limit-detail':
      return jsonReply(429, { detail: limitInWords(limit) })
    case 'sentence-detail':
      return jsonReply(429, sentence)
    case 'coded-detail':
      return jsonReply(429, { detail: 'Rate limit exceeded', code: 'rate_limited' })
    case 'retry-after-seconds':
      return jsonReply(429, sentence, { 'retry-after': secondsUntil(admission.resetAt, now) })
    case 'retry-after-date':
      return jsonReply(429, sentence, { 'retry-after': pythonDate(admission.resetAt) })
    case 'nginx-503':
      return textReply(503, 'text/html', nginxPage('503 Service Temporarily Unavailable'), { server: 'nginx' })
    case 'nginx-429':
      return textReply(429, 'text/html', nginxPage('429 Too Many Requests'), { server: 'nginx' })
    case 'cdn':
      return textReply(429, 'text/html; charset=UTF-8', cdnPage, { 'retry-after': '30' })
  }
}

/** Headers of a limiter that puts them on every answer, a 200 too; none for the other forms. */
export function rateLimitHeaders(body: RateLimitBody, { admission, limit, now }: Denial): Record<string, string> {
  if (body !== 'slowapi-headers' && body !== 'slowapi-headers-date') return {}
  return {
    'x-ratelimit-limit': String(limit.limit),
    'x-ratelimit-remaining': String(admission.remaining),
    'x-ratelimit-reset': floatSeconds(admission.resetAt),
    'retry-after': body === 'slowapi-headers' ? secondsUntil(admission.resetAt, now) : pythonDate(admission.resetAt),
  }
}

const sentence = { detail: 'Too Many Requests' }

const nginxPage = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`

const cdnPage =
  '<!DOCTYPE html><html lang="en-US"><head><title>Access denied | rate limited</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p></body></html>\n'

/** As the Python library writes a limit: `10 per 1 minute`. */
function limitInWords({ limit, windowMs }: RateLimit): string {
  return windowMs % 60_000 === 0 ? `${limit} per ${windowMs / 60_000} minute` : `${limit} per ${windowMs / 1000} second`
}

function secondsUntil(moment: number, now: number): string {
  return String(Math.max(0, Math.ceil((moment - now) / 1000)))
}

/** Python prints a float with a fraction, always. */
function floatSeconds(moment: number): string {
  const seconds = String(moment / 1000)
  return seconds.includes('.') ? seconds : `${seconds}.0`
}

/** Python's `formatdate` ends in `-0000` where HTTP asks for `GMT`. */
function pythonDate(moment: number): string {
  return new Date(Math.ceil(moment / 1000) * 1000).toUTCString().replace(/GMT$/, '-0000')
}
