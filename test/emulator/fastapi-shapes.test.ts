import { describe, expect, it } from 'vitest'
import { hubUnderTest, keys, request } from './hub-under-test.js'

const url = 'https://hub.example/api/v1/license/verify'

describe('a body that is not the contract', () => {
  it('gets a list of issues that echoes what was submitted', async () => {
    const { postJson } = hubUnderTest()
    const { status, body } = await postJson('/license/verify', { domain: 7 })
    expect(status).toBe(422)
    expect(body).toEqual({
      detail: [{ type: 'string_type', loc: ['body', 'domain'], msg: 'Input should be a valid string', input: 7 }],
      code: 'validation_error',
    })
  })

  it('gets the whole body, key included, back for a missing field', async () => {
    const { emulator } = hubUnderTest()
    const submitted = { license_key: keys.starter, domain: 'mysite.com' }
    const response = await emulator.fetch(url, { method: 'POST', body: JSON.stringify(submitted), headers: json })
    expect(await response.json()).toMatchObject({
      detail: [{ type: 'missing', loc: ['body', 'product_slug'], msg: 'Field required', input: submitted }],
    })
  })

  it.each([
    ['nothing', '', 'application/json', 'missing'],
    ['no JSON', '{"license_key":', 'application/json', 'json_invalid'],
    ['a list', '[]', 'application/json', 'model_attributes_type'],
    ['null', 'null', 'application/json', 'model_attributes_type'],
    ['JSON as text', JSON.stringify(request), 'text/plain', 'model_attributes_type'],
  ])('is refused when it is %s', async (_, body, contentType, type) => {
    const { emulator } = hubUnderTest()
    const response = await emulator.fetch(url, { method: 'POST', body, headers: { 'content-type': contentType } })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ type }] })
  })

  it.each([
    ['/license/activate', { domain: 'MySite.com' }, 'domain'],
    ['/license/activate', { domain: 'https://mysite.com' }, 'domain'],
    ['/license/activate', { domain: 'mysite.com:8080' }, 'domain'],
    ['/license/activate', { domain: '' }, 'domain'],
    ['/license/activate', { product_slug: 'Flavor Starter' }, 'product_slug'],
    ['/license/activate', { product_version: '1.x' }, 'product_version'],
    ['/update/check', { current_version: 'latest' }, 'current_version'],
    ['/update/check', { current_version: '1.0.0', channel: 'nightly' }, 'channel'],
    ['/update/download', { version: '' }, 'version'],
    ['/components/check', { installed: { 'card-payments': 'two' } }, 'installed'],
    ['/components/check', { installed: ['card-payments'] }, 'installed'],
  ])('%s refuses %j', async (path, body, field) => {
    const { postJson } = hubUnderTest()
    const answer = await postJson(path, body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail[0]?.loc.slice(0, 2)).toEqual(['body', field])
  })

  it('may carry fields that nobody knows', async () => {
    const { postJson } = hubUnderTest()
    expect((await postJson('/license/verify', { something: 'else' })).status).toBe(200)
  })

  it.each(['application/json; charset=utf-8', 'application/vnd.flavor+json', undefined])(
    'is JSON under the content type %s',
    async (contentType) => {
      const { emulator } = hubUnderTest()
      const body = new TextEncoder().encode(JSON.stringify(request))
      const headers = contentType === undefined ? {} : { 'content-type': contentType }
      expect((await emulator.fetch(url, { method: 'POST', body, headers })).status).toBe(200)
    },
  )
})

const json = { 'content-type': 'application/json' }

describe('a path or method that is not served', () => {
  it.each(['/', '/api/v1', '/api/v1/license', '/api/v2/license/verify', '/api/v1/license/verify/again'])(
    'answers %s as the router does',
    async (path) => {
      const { emulator } = hubUnderTest()
      const response = await emulator.fetch(`https://hub.example${path}`, { method: 'POST' })
      expect([response.status, await response.text()]).toEqual([404, '{"detail":"Not Found"}'])
    },
  )

  it('takes no other character for the dot of a path', async () => {
    const { emulator } = hubUnderTest()
    expect((await emulator.fetch('https://hub.example/openapi.json')).status).toBe(200)
    expect((await emulator.fetch('https://hub.example/openapi-json')).status).toBe(404)
  })

  it('names the method that the path has', async () => {
    const { emulator } = hubUnderTest()
    const response = await emulator.fetch(url)
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([
      405,
      'POST',
      '{"detail":"Method Not Allowed"}',
    ])
  })

  it('redirects a trailing slash to the exact path', async () => {
    const { emulator } = hubUnderTest()
    const response = await emulator.fetch(`${url}/?a=b`, { method: 'POST' })
    expect([response.status, response.headers.get('location')]).toEqual([307, `${url}?a=b`])
  })

  it('answers JSON without a charset', async () => {
    const { post } = hubUnderTest()
    expect((await post('/license/verify')).headers.get('content-type')).toBe('application/json')
  })
})

describe('a crash', () => {
  it('is 500 in plain text', async () => {
    const clock = { now: () => Number.NaN }
    const { post } = hubUnderTest({ clock, seed: { ...emptySeed } })
    const response = await post('/license/verify')
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      500,
      'text/plain; charset=utf-8',
      'Internal Server Error',
    ])
  })
})

const emptySeed = {
  signing_keys: [{ kid: 'k', seed: 'A'.repeat(43) }],
  products: [{ slug: 'flavor-starter', name: 'Flavor Starter', releases: [] }],
  licenses: [{ key: keys.starter, product: 'flavor-starter', tier: 'starter', expires_at: null }],
} as const

describe('other routes', () => {
  it('serves an endpoint where the options put it, under the mount path of the base URL', async () => {
    const { emulator } = hubUnderTest({
      baseUrl: 'https://licenses.example/hub',
      routes: { verify: { method: 'POST', path: '/v2/check', category: 'verify' } },
    })
    const ask = (path: string) =>
      emulator.fetch(`https://licenses.example${path}`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(request),
      })
    expect((await ask('/hub/v2/check')).status).toBe(200)
    expect((await ask('/hub/license/verify')).status).toBe(404)
    expect(emulator.arrivals[0]).toMatchObject({ route: 'verify', category: 'verify' })
  })
})
