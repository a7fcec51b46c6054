import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { readResponse } from '../../src/protocol/response.js'
import { errorStatus } from '../../src/protocol/wire/error.js'
import { countSchema, textSchema } from '../../src/protocol/wire/primitives.js'

const now = Date.parse('2026-01-15T12:00:00Z')
const schema = v.object({ word: textSchema, count: countSchema })
const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<!doctype html><title>Sign in</title>'
const good = '{"word":"yes","count":1}'

interface Parts {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

function read({ status = 200, headers = json, body = good }: Parts) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return readResponse({ status, headers, body: bytes }, schema, now)
}

const setback = (reason: string, retryAfterMs: number | null = null) => ({ kind: 'setback', reason, retryAfterMs })
const refusal = (code: string | null, fields: readonly string[] = []) => ({
  kind: 'refusal',
  code,
  fields,
  activations: null,
})

describe('an answer', () => {
  const answer = { kind: 'answer', answer: { word: 'yes', count: 1 } }

  it.each([200, 201])('is a %i with the body of the contract', (status) => {
    expect(read({ status })).toEqual(answer)
  })

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
    'application/json ; charset=utf-8',
    'application/problem+json',
    'application/vnd.flavor.v1+json',
  ])('comes as %s', (type) => {
    expect(read({ headers: { 'content-type': type } })).toEqual(answer)
  })

  it('may hold fields that this version does not know', () => {
    expect(read({ body: '{"word":"yes","count":1,"later":[{}]}' })).toEqual(answer)
  })

  it('takes nothing from the name of the prototype', () => {
    expect(read({ body: '{"word":"yes","__proto__":{"count":1}}' })).toEqual(setback('unexpected-answer'))
    expect(read({ body: '{"word":"yes","count":1,"__proto__":{"x":1}}' })).toEqual(answer)
  })

  it.each(['{"word":"yes"}', '{}', '[]'])('takes nothing from what every object inherits: %s', (body) => {
    Object.assign(Object.prototype, { word: 'inherited', count: 2 })
    try {
      expect(read({ body }).kind).toBe('setback')
    } finally {
      for (const name of ['word', 'count']) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  it.each([
    ['another shape', '{"detail":"fine"}'],
    ['a list', `[${good}]`],
    ['a bare text', '"yes"'],
    ['null', 'null'],
    ['a missing field', '{"word":"yes"}'],
    ['a number as text', '{"word":"yes","count":"1"}'],
    ['a number beyond all bounds', '{"word":"yes","count":1e400}'],
    ['a number that a double cannot hold', '{"word":"yes","count":9007199254740993}'],
    ['a negative count', '{"word":"yes","count":-1}'],
    ['half a count', '{"word":"yes","count":0.5}'],
    ['a lone surrogate', '{"word":"\\ud800","count":1}'],
    ['a pair of surrogates the wrong way round', '{"word":"\\udc00\\ud800","count":1}'],
  ])('is not %s', (_, body) => {
    expect(read({ body })).toEqual(setback('unexpected-answer'))
  })

  it.each([202, 203, 206, 226])('is not a %i, which the hub never sends', (status) => {
    expect(read({ status })).toEqual(setback('unexpected-answer'))
  })
})

describe('something that is not JSON', () => {
  const truncated = good.slice(0, -3)

  it.each([
    ['a sign-in page', { headers: html, body: page }],
    ['a sign-in page that claims to be JSON', { body: page }],
    ['the right body as text', { headers: { 'content-type': 'text/plain' } }],
    ['the right body without a type', { headers: {} }],
    ['the right body with an empty type', { headers: { 'content-type': '' } }],
    ['the right body as something that only resembles JSON', { headers: { 'content-type': 'application/jsonp' } }],
    ['the right body as JSON text of old', { headers: { 'content-type': 'text/json' } }],
    ['the right body with the type stated twice', { headers: { 'content-type': 'application/json, text/html' } }],
    ['truncated JSON', { body: truncated }],
    ['an empty body', { body: '' }],
    ['a byte order mark', { body: `\uFEFF${good}` }],
    ['a field that stands twice', { body: '{"word":"no","word":"yes","count":1}' }],
    ['ten thousand levels', { body: `{"word":"yes","count":1,"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}` }],
    ['bytes that are not UTF-8', { body: Uint8Array.from([0x22, 0xff, 0x22]) }],
    ['compressed bytes', { body: Uint8Array.from([0x1f, 0x8b, 0x08, 0x00]) }],
    ['no content', { status: 204, headers: {}, body: '' }],
    ['a 400 in HTML', { status: 400, headers: html, body: page }],
    ['a 401 in HTML', { status: 401, headers: html, body: page }],
    ['a 403 of a proxy in HTML', { status: 403, headers: html, body: page }],
    ['a 403 of a proxy in HTML that claims to be JSON', { status: 403, body: page }],
    ['a 404 of a web server in HTML', { status: 404, headers: html, body: page }],
    ['a 451 in HTML', { status: 451, headers: html, body: page }],
    ['a 403 without a body', { status: 403, body: '' }],
    ['a truncated refusal', { status: 403, body: '{"detail":"License revoked"' }],
  ] satisfies [string, Parts][])('is a setback: %s', (_, parts) => {
    expect(read(parts)).toEqual(setback('not-json'))
  })
})

describe('a redirect', () => {
  it.each([300, 301, 302, 303, 304, 307, 308])('of status %i is a setback', (status) => {
    expect(read({ status, headers: { ...json, location: 'http://hub.example/api/v1/license/verify/' } })).toEqual(
      setback('redirected'),
    )
  })

  it('that a fetch hides behind status 0 is one too', () => {
    expect(read({ status: 0, headers: {}, body: '' })).toEqual(setback('redirected'))
  })
})

describe('a proxy that wants a password', () => {
  it('is a setback, even in the words of the hub', () => {
    expect(read({ status: 407, headers: html, body: page })).toEqual(setback('proxy-failed'))
    expect(read({ status: 407, body: '{"detail":"License revoked","code":"license_revoked"}' })).toEqual(
      setback('proxy-failed'),
    )
  })
})

describe('a failing hub', () => {
  it.each([500, 501, 502, 503, 504, 520, 599])('of status %i is a setback', (status) => {
    expect(read({ status, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' })).toEqual(
      setback('hub-failed'),
    )
  })

  it('may say when to come back', () => {
    expect(read({ status: 503, headers: { ...html, 'retry-after': '30' }, body: page })).toEqual(
      setback('hub-failed', 30_000),
    )
  })

  it('refuses nothing, whatever its body says', () => {
    expect(read({ status: 500, body: '{"detail":"License revoked","code":"license_revoked"}' })).toEqual(
      setback('hub-failed'),
    )
  })
})

describe('a 429', () => {
  it.each([
    ['of slowapi', {}, '{"error":"Rate limit exceeded: 10 per 1 minute"}', null],
    ['with the bare limit', {}, '{"detail":"5 per 1 minute"}', null],
    ['with a code', {}, '{"detail":"Too Many Requests","code":"rate_limited"}', null],
    ['with seconds', { 'retry-after': '42' }, '{"detail":"Too Many Requests"}', 42_000],
    ['with a date', { 'retry-after': 'Thu, 15 Jan 2026 12:00:30 -0000' }, '{"detail":"Too Many Requests"}', 30_000],
    ['with a wait that is no wait', { 'retry-after': '-5' }, '{"detail":"Too Many Requests"}', null],
    ['with a float in another header', { 'x-ratelimit-reset': '1768478460.5' }, '{}', 60_500],
    ['of nginx', html, page, null],
    ['of a CDN', { ...html, 'retry-after': '30' }, page, 30_000],
    ['without a body', {}, '', null],
    ['that looks like an answer', {}, good, null],
  ] satisfies [string, Record<string, string>, string, number | null][])(
    '%s is a setback',
    (_, headers, body, wait) => {
      expect(read({ status: 429, headers: { ...json, ...headers }, body })).toEqual(setback('rate-limited', wait))
    },
  )

  it('is not a 200 with Retry-After', () => {
    expect(read({ headers: { ...json, 'retry-after': '60' } })).toMatchObject({ kind: 'answer' })
  })
})

describe('a refusal with a code', () => {
  const codes = Object.entries(errorStatus).filter(([, status]) => status !== 429)

  it.each(codes)('%s comes with status %i', (code, status) => {
    expect(read({ status, body: JSON.stringify({ detail: 'In any words.', code }) })).toEqual(refusal(code))
  })

  it.each(codes)('%s is believed in an object as well', (code, status) => {
    expect(read({ status, body: JSON.stringify({ detail: { reason: 'any' }, code }) })).toEqual(refusal(code))
  })

  it('goes by the code and not by the words', () => {
    const body = '{"detail":"License expired","code":"license_revoked"}'
    expect(read({ status: 403, body })).toEqual(refusal('license_revoked'))
  })

  it('is the hub speaking even in the words of a router', () => {
    const body = '{"detail":"Not Found","code":"license_not_found"}'
    expect(read({ status: 404, body })).toEqual(refusal('license_not_found'))
  })

  it.each(['brand_new', '', 'toString', '__proto__', 'constructor'])(
    'that this version does not know, %j, goes by the words',
    (code) => {
      const body = (detail: string) => JSON.stringify({ detail, code })
      expect(read({ status: 403, body: body('License expired') })).toEqual(refusal('license_expired'))
      expect(read({ status: 403, body: body('In other words.') })).toEqual(refusal(null))
    },
  )
})

describe('a refusal without a code', () => {
  it.each([
    [400, 'Invalid license key format', 'invalid_key_format'],
    [404, 'License not found', 'license_not_found'],
    [404, 'license not found.', 'license_not_found'],
    [404, 'Product not found', 'product_not_found'],
    [404, 'Release not found', 'release_not_found'],
    [404, 'Component not found', 'component_not_found'],
    [403, 'License has been revoked', 'license_revoked'],
    [403, 'License expired', 'license_expired'],
    [403, 'Activation limit reached', 'activation_limit_reached'],
    [403, 'Domain not activated', 'domain_not_activated'],
    [403, 'Not included in your tier', 'tier_not_entitled'],
    [403, 'Key is for another product', 'product_mismatch'],
    [400, 'Bad request', null],
    [401, 'Not authenticated', null],
    [403, 'Forbidden', null],
    [403, 'License not found', null],
    [404, 'This license was not found', null],
    [404, 'License revoked', null],
    [409, 'License revoked', null],
    [418, 'License expired', null],
    [402, 'Activation limit reached', null],
  ])('of status %i, %j, means %s', (status, detail, code) => {
    expect(read({ status, body: JSON.stringify({ detail }) })).toEqual(refusal(code))
  })

  it.each([
    [
      { used: 3, limit: 3 },
      { used: 3, limit: 3 },
    ],
    // A license of which more was allowed once.
    [
      { used: 3, limit: 1, more: true },
      { used: 3, limit: 1 },
    ],
    [undefined, null],
    [null, null],
    ['3 of 3', null],
    [3, null],
    [[{ domain: 'mysite.com' }], null],
    [{ used: 3 }, null],
    [{ used: 3, limit: -1 }, null],
    [{ used: -1, limit: 1 }, null],
    [{ used: '3', limit: 3 }, null],
    [{ used: 1.5, limit: 3 }, null],
  ])('of the limit may say how far it is used, and is a refusal if it says nonsense: %j', (activations, understood) => {
    const body = JSON.stringify({ detail: 'Activation limit reached', activations })
    expect(read({ status: 403, body })).toEqual({ ...refusal('activation_limit_reached'), activations: understood })
  })

  it('means nothing in particular as an object', () => {
    expect(read({ status: 403, body: '{"detail":{"reason":"License revoked"}}' })).toEqual(refusal(null))
  })
})

describe('a validation error', () => {
  const issue = (...loc: (string | number)[]) => ({ loc, msg: 'field required', type: 'missing', input: 'FLVR-SECRET' })
  const of = (detail: unknown) => read({ status: 422, body: JSON.stringify({ detail }) })

  it('names the fields, and repeats nothing of what was submitted', () => {
    const reading = of([issue('body', 'license_key'), issue('body', 'installed', 'a', 0), issue('query', 'page')])
    expect(reading).toEqual(refusal('validation_error', ['license_key', 'installed.a.0', 'query.page']))
    expect(JSON.stringify(reading)).not.toContain('SECRET')
  })

  it.each([
    ['an empty list', []],
    ['a sentence', 'Unprocessable'],
    ['an object', { domain: 'wrong' }],
  ])('may be %s', (_, detail) => {
    expect(of(detail)).toEqual(refusal('validation_error'))
  })

  it('with a code of its own goes by the code', () => {
    const body = JSON.stringify({ detail: [issue('body', 'license_key')], code: 'invalid_key_format' })
    expect(read({ status: 422, body })).toEqual(refusal('invalid_key_format', ['license_key']))
  })

  it('in a list of another shape names no field', () => {
    expect(of([{ field: 'license_key' }])).toEqual(refusal('validation_error'))
  })
})

describe('a router that does not know the path', () => {
  it.each([
    ['of FastAPI', 404, '{"detail":"Not Found"}'],
    ['of FastAPI, with a code that is none of ours', 404, '{"detail":"Not Found","code":"not_found"}'],
    ['that does not know the method', 405, '{"detail":"Method Not Allowed"}'],
    ['that does not know the method, in any words', 405, '{"detail":"License revoked","code":"license_revoked"}'],
  ])('%s is a setback', (_, status, body) => {
    expect(read({ status, body })).toEqual(setback('wrong-route'))
  })
})

describe('an error of another shape', () => {
  it.each([
    '{}',
    '[]',
    'null',
    '{"error":"License revoked"}',
    '{"message":"License revoked","code":"license_revoked"}',
    '{"detail":null,"code":"license_revoked"}',
    '{"detail":5}',
    '{"detail":"License revoked","code":5}',
  ])('is not the hub speaking: %s', (body) => {
    for (const status of [400, 401, 403, 404, 422]) expect(read({ status, body })).toEqual(setback('unexpected-answer'))
  })
})

describe('any response at all', () => {
  it('gets a reading, and is an answer only with a status of success and the right body', () => {
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => new TextEncoder().encode(text)),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom(json, html, {}),
        bodies,
        (status, headers, body) => {
          expect(['refusal', 'setback']).toContain(read({ status, headers, body }).kind)
        },
      ),
    )
  })
})
