import { html, json } from './documented-answers.js'
import type { Reply } from './transport-way.js'

export interface RateLimitAnswer {
  readonly name: string
  readonly reply: Reply
  /** How long it asks to wait, in milliseconds; `null` when it does not say so in a form that HTTP knows. */
  readonly asksFor: number | null
}

const slowapi = '{"error":"Rate limit exceeded: 10 per 1 minute"}'
const sentence = '{"detail":"Too Many Requests"}'
const date = 'Thu, 15 Jan 2026 12:00:00 GMT'

/** A 429 with this `Retry-After`, of a hub whose own clock reads {@link date}. */
function retryAfter(value: string, asksFor: number | null): RateLimitAnswer {
  return { name: `Retry-After: ${value}`, reply: json(429, sentence, { 'retry-after': value, date }), asksFor }
}

function withHeaders(name: string, headers: Readonly<Record<string, string>>, asksFor: number): RateLimitAnswer {
  return { name, reply: json(429, slowapi, { date, ...headers }), asksFor }
}

/** Every form in which real servers say that they were asked too often. */
export const rateLimitAnswers: readonly RateLimitAnswer[] = [
  { name: 'slowapi', reply: json(429, slowapi), asksFor: null },
  { name: 'the limit as detail', reply: json(429, '{"detail":"5 per 1 minute"}'), asksFor: null },
  { name: 'a sentence as detail', reply: json(429, sentence), asksFor: null },
  { name: 'a code', reply: json(429, '{"detail":"Rate limit exceeded","code":"rate_limited"}'), asksFor: null },
  {
    name: 'slowapi with its headers and a float as reset',
    reply: json(429, slowapi, {
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1768478490.25',
      'retry-after': '90',
    }),
    asksFor: 90_000,
  },
  withHeaders(
    'X-RateLimit with a time',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1768478490.25' },
    90_250,
  ),
  withHeaders('X-RateLimit with a delay', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '120' }, 120_000),
  withHeaders('RateLimit', { ratelimit: '"default";r=0;t=120' }, 120_000),
  withHeaders('RateLimit in its older form', { ratelimit: 'limit=10, remaining=0, reset=120' }, 120_000),
  withHeaders('RateLimit-Reset', { 'ratelimit-remaining': '0', 'ratelimit-reset': '120' }, 120_000),
  withHeaders('Retry-After beside others', { 'retry-after': '90', ratelimit: '"default";r=0;t=120' }, 90_000),
  { name: 'nginx in HTML', reply: html(429, '<center><h1>429 Too Many Requests</h1></center>'), asksFor: null },
  { name: 'a CDN in HTML', reply: html(429, '<h1>Error 1015</h1>', { 'retry-after': '30' }), asksFor: 30_000 },
  { name: 'nothing behind the status', reply: { status: 429, headers: {}, body: '' }, asksFor: null },
  retryAfter('120', 120_000),
  retryAfter('0', 0),
  retryAfter('99999999999', 24 * 60 * 60_000),
  retryAfter('Thu, 15 Jan 2026 12:02:00 GMT', 120_000),
  retryAfter('Thu, 15 Jan 2026 12:02:00 -0000', 120_000),
  retryAfter('Thursday, 15-Jan-26 12:02:00 GMT', 120_000),
  retryAfter('Thu Jan 15 12:02:00 2026', 120_000),
  retryAfter('Thu, 15 Jan 2026 11:00:00 GMT', 0),
  retryAfter('-5', null),
  retryAfter('1.5', null),
  retryAfter('1e3', null),
  retryAfter('0x10', null),
  retryAfter('60, 120', null),
  retryAfter('soon', null),
]
