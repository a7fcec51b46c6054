import { describe, expect, it } from 'vitest'
import {
  buildDownloadRequest,
  fileValidator,
  rangeHeaders,
  readFileHead,
  readFileRefusal,
  readForeignRefusal,
} from '../../src/protocol/exchange/download.js'
import { issuedAt, licenseKey, scope } from './tokens-under-test.js'

const size = 1_000
const point = { from: 400, validator: '"abc"' }
const head = (status: number, headers: Readonly<Record<string, string>> = {}) => ({ status, headers })
const rest = { 'content-range': 'bytes 400-999/1000', etag: '"abc"' }

describe('the question for a file', () => {
  it('names the license, the product and the version', () => {
    const { product, domain } = scope
    expect(buildDownloadRequest({ licenseKey, product, domain, version: '1.5.0' })).toEqual({
      license_key: licenseKey,
      product_slug: product,
      domain,
      version: '1.5.0',
    })
  })

  it('asks for the rest of the same file', () => {
    expect(rangeHeaders(point)).toEqual({ range: 'bytes=400-', 'if-range': '"abc"' })
    expect(rangeHeaders(null)).toEqual({})
  })
})

describe('what names a version of a file', () => {
  it.each([
    ['its entity tag', { etag: '"abc"', 'last-modified': 'Tue, 24 Nov 2026 17:00:00 GMT' }, '"abc"'],
    ['else its date', { 'last-modified': 'Tue, 24 Nov 2026 17:00:00 GMT' }, 'Tue, 24 Nov 2026 17:00:00 GMT'],
    ['never a weak entity tag', { etag: 'W/"abc"', 'last-modified': 'Tue, 24 Nov 2026 17:00:00 GMT' }, null],
    ['never half of a tag', { etag: '"abc' }, null],
    ['where there is one', {}, null],
  ])('is %s', (_what, headers, expected) => {
    expect(fileValidator(head(200, headers))).toBe(expected)
  })
})

describe('the head of a response with a file', () => {
  it.each([
    ['the whole file', head(200, { 'content-length': '1000' }), null, { kind: 'file', from: 0 }],
    ['the whole file of an unstated length', head(200), null, { kind: 'file', from: 0 }],
    ['the whole file in place of the rest', head(200, { 'content-length': '1000' }), point, { kind: 'file', from: 0 }],
    ['the rest', head(206, rest), point, { kind: 'file', from: 400 }],
    [
      'the rest without a tag',
      head(206, { 'content-range': rest['content-range'] }),
      point,
      { kind: 'file', from: 400 },
    ],
    [
      'the rest of a file of unstated length',
      head(206, { ...rest, 'content-range': 'bytes 400-999/*' }),
      point,
      { kind: 'file', from: 400 },
    ],
    [
      'the rest by its date, whatever the tag',
      head(206, rest),
      { from: 400, validator: 'Tue, 24 Nov 2026 17:00:00 GMT' },
      { kind: 'file', from: 400 },
    ],
    ['one byte too few', head(200, { 'content-length': '999' }), null, { kind: 'other-size' }],
    ['one byte too many', head(200, { 'content-length': '1001' }), null, { kind: 'other-size' }],
    ['a length that is no number', head(200, { 'content-length': '1000, 1000' }), null, { kind: 'other-size' }],
    ['nothing behind what is there', head(416), point, { kind: 'changed' }],
    ['the rest of another file', head(206, { ...rest, etag: '"other"' }), point, { kind: 'changed' }],
    [
      'the rest of a longer file',
      head(206, { ...rest, 'content-range': 'bytes 400-1999/2000' }),
      point,
      { kind: 'changed' },
    ],
    ['a part of the rest', head(206, { ...rest, 'content-range': 'bytes 400-899/1000' }), point, { kind: 'changed' }],
    [
      'a part that begins elsewhere',
      head(206, { ...rest, 'content-range': 'bytes 0-999/1000' }),
      point,
      { kind: 'changed' },
    ],
    ['a part without a range', head(206, { etag: '"abc"' }), point, { kind: 'changed' }],
    ['a part that was not asked for', head(206, { 'content-range': 'bytes 0-999/1000' }), null, { kind: 'none' }],
    ['no range that was asked for', head(416), null, { kind: 'none' }],
    ['a sign-in page', head(200, { 'content-type': 'text/html; charset=utf-8' }), null, { kind: 'none' }],
    ['nothing', head(204), null, { kind: 'none' }],
    ['a refusal', head(403), point, { kind: 'none' }],
  ])('says: %s', (_what, response, asked, expected) => {
    expect(readFileHead(response, asked, size)).toEqual(expected)
  })
})

describe('a response without a file', () => {
  const json = (status: number, body: object) => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  })

  it('is the refusal of the hub', () => {
    expect(readFileRefusal(json(404, { detail: 'Release not found' }), issuedAt)).toMatchObject({
      kind: 'refusal',
      code: 'release_not_found',
    })
  })

  it('is never a file in the form of JSON', () => {
    expect(readFileRefusal(json(200, {}), issuedAt)).toMatchObject({ kind: 'setback', reason: 'unexpected-answer' })
  })

  it.each([
    ['a proxy', head(407), 'proxy-failed', null],
    ['a sign-in page', head(200, { 'content-type': 'text/html' }), 'not-json', null],
    ['an address that has expired', head(403, { 'content-type': 'application/xml' }), 'hub-failed', null],
    ['a page of an error', head(404, { 'content-type': 'text/html' }), 'hub-failed', null],
    ['a host that is busy', head(503, { 'retry-after': '60' }), 'hub-failed', 60_000],
    ['a part that was not asked for', head(206), 'unexpected-answer', null],
  ])('of the host of files is a setback: %s', (_what, response, reason, retryAfterMs) => {
    expect(readForeignRefusal(response, issuedAt)).toMatchObject({ kind: 'setback', reason, retryAfterMs })
  })
})
