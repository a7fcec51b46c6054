import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/emulator/openapi/document.js'
import { portalRoutes } from '../../src/protocol/portal-routes.js'
import { machineRoutes } from '../../src/protocol/routes.js'
import { describedAnswers } from './described-answers.js'
import { hubUnderTest, keys } from './hub-under-test.js'

async function described(hub = hubUnderTest()): Promise<OpenApiDocument> {
  return (await (await hub.emulator.fetch('https://hub.example/openapi.json')).json()) as OpenApiDocument
}

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate({ ...(await described()) })
    expect(result.errors).toBeUndefined()
    expect([result.valid, validator.version]).toEqual([true, '3.1'])
  })

  it('describes every route of the table at its path', async () => {
    const { paths } = await described()
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    )
    const routes = Object.entries({ ...machineRoutes, ...portalRoutes })
    expect(operations.sort()).toEqual(
      routes.map(([name, { method, path }]) => `${name} ${method} /api/v1${path}`).sort(),
    )
  })

  it('follows the options', async () => {
    const { paths } = await described(
      hubUnderTest({
        baseUrl: 'https://hub.example/other',
        rateLimit: { limits: { verify: 7 }, windowMs: 2000 },
      }),
    )
    expect(paths['/other/license/verify']?.['post']?.description).toContain('7 requests in 2 seconds')
  })

  it('names each refusal under its status', async () => {
    const { paths } = await described()
    const { responses } = paths['/api/v1/license/activate']?.['post'] ?? {}
    expect(responses).toMatchObject({
      400: { description: 'invalid_key_format' },
      403: { description: 'product_mismatch, license_revoked, license_expired, activation_limit_reached' },
      404: { description: 'license_not_found, product_not_found' },
      422: { content: { 'application/json': { schema: { $ref: '#/components/schemas/HTTPValidationError' } } } },
    })
  })
})

describe('every answer of a full run', () => {
  const requests: readonly (readonly [string, object])[] = [
    ['/license/verify', {}],
    ['/license/activate', { installation_id: 'here', nonce: 'once' }],
    ['/license/activate', { domain: 'second.com' }],
    ['/license/verify', {}],
    ['/license/verify', { license_key: keys.expired }],
    ['/license/verify', { license_key: 'no key' }],
    ['/license/verify', { license_key: 'FLVR-0000-0000-0000-0000' }],
    ['/license/verify', { domain: [] }],
    ['/update/check', { current_version: '1.0.0' }],
    ['/update/check', { current_version: '9.0.0' }],
    ['/update/info', {}],
    ['/components/list', {}],
    ['/components/available', {}],
    ['/components/check', { installed: { 'parcel-courier': '1.0.0', 'card-payments': '9.0.0' } }],
    ['/components/check', { installed: { 'parcel-courier': 1 } }],
    ['/license/deactivate', {}],
    ['/license/deactivate', {}],
    ['/license/verify', {}],
    ['/license/verify', {}],
  ]

  it('is as described', async () => {
    const hub = hubUnderTest({ rateLimit: { limits: { verify: 5 } } })
    const document = await described(hub)
    const answers = describedAnswers(document)
    const seen = new Set<number>()
    for (const [path, body] of requests) {
      const response = await hub.post(path, body)
      seen.add(response.status)
      const errors = answers.errorsOf('POST', `/api/v1${path}`, response.status, await response.json())
      expect(errors, `${path} ${response.status}`).toBeNull()
    }
    expect([...seen].sort()).toEqual([200, 400, 403, 404, 422, 429])
  })
})

describe('/docs', () => {
  it('shows every endpoint and schema, and loads nothing', async () => {
    const { emulator } = hubUnderTest()
    const response = await emulator.fetch('https://hub.example/docs')
    const page = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const { path } of Object.values({ ...machineRoutes, ...portalRoutes }))
      expect(page).toContain(`/api/v1${path}`)
    expect(page).toContain('id="HTTPValidationError"')
    expect(page).not.toMatch(/(?:src|href)="(?!#|\/openapi\.json|data:)/)
    expect(page).not.toContain('<script')
  })

  it('links only to what is on it', async () => {
    const { emulator } = hubUnderTest()
    const page = await (await emulator.fetch('https://hub.example/docs')).text()
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(20)
    for (const id of links) expect(page).toContain(`id="${id}"`)
  })
})
