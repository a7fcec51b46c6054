import { describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../../src/emulator/openapi/document.js'
import { portalEndpoints } from '../../../src/emulator/portal/endpoints/index.js'
import { portalRoutes } from '../../../src/protocol/portal-routes.js'
import { describedAnswers } from '../described-answers.js'
import { type Method, type PortalRequest, type PortalUnderTest, portalUnderTest } from './portal-under-test.js'

async function described({ emulator }: PortalUnderTest): Promise<OpenApiDocument> {
  return (await (await emulator.fetch('https://hub.example/openapi.json')).json()) as OpenApiDocument
}

describe('the description of the portal', () => {
  it('says of each operation which credentials it takes', async () => {
    const { paths } = await described(portalUnderTest())
    for (const [name, endpoint] of portalEndpoints) {
      const { method, path, apiKey } = portalRoutes[name]
      const login = apiKey ? [{ login: [] }, { apiKey: [] }] : [{ login: [] }]
      const operation = paths[`/api/v1${path}`]?.[method.toLowerCase()]
      expect(operation?.security, name).toEqual(endpoint.roles === null ? undefined : login)
    }
  })

  it('names refusals, filters and who may call', async () => {
    const { paths } = await described(portalUnderTest())
    const { get, post } = paths['/api/v1/portal/licenses'] ?? {}
    expect(post?.description).toBe('For accounts of type developer, reseller, agency.')
    expect(post?.responses).toMatchObject({
      400: { description: 'expires_at_out_of_range' },
      401: { description: 'not_authenticated' },
      403: { description: 'permission_denied, license_limit_reached, insufficient_credits' },
    })
    expect(get?.parameters?.map(({ name }) => name)).toEqual(['status', 'source', 'search', 'page', 'per_page'])
    expect(paths['/api/v1/portal/auth/login']?.['post']?.description).toBe(
      'For anybody. Budget `login`: 5 requests in 60 seconds.',
    )
  })
})

describe.each(['array', 'envelope'] as const)(
  'every answer of a full run of the portal, lists as %s',
  (portalLists) => {
    it('is as described', async () => {
      const portal = portalUnderTest({ portalLists, rateLimit: { limits: { login: 6 } } })
      const answers = describedAnswers(await described(portal))
      const say = async (method: Method, path: string, request?: PortalRequest) => {
        const answer = await portal.call(method, path, request)
        const plain = path.replace(/\?.*/, '')
        const errors = answers.errorsOf(method, `/api/v1/portal${plain}`, answer.status, answer.body)
        expect(errors, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`).toBeNull()
        return answer.body
      }
      const loginAs = async (type: string): Promise<string> =>
        (await say('POST', '/auth/login', { body: { email: `${type}@flavor.example`, password: `${type}-password` } }))
          .access_token

      const body = { email: 'new@shop.example', password: 'a-good-password', name: 'New' }
      await say('POST', '/auth/register', { body })
      await say('POST', '/auth/login', { body: { ...body, password: 'wrong' } })
      await say('POST', '/auth/login', { body: {} })
      const { refresh_token } = await say('POST', '/auth/login', { body })
      await say('POST', '/auth/refresh', { body: { refresh_token } })
      await say('POST', '/auth/refresh', { body: { refresh_token } })
      for (const path of ['/auth/forgot-password', '/auth/resend-verification']) await say('POST', path, { body })

      const token = await loginAs('agency')
      const developer = await loginAs('developer')
      const customer = await loginAs('customer')
      await say('POST', '/auth/login', { body })
      const { id: client } = await say('POST', '/clients', { token, body })
      await say('POST', '/clients', { token, body })
      await say('POST', '/clients', { token: developer, body })
      const { raw_key: apiKey, id: key } = await say('POST', '/api-keys', { token, body: { name: 'CI' } })
      const { id: webhook } = await say('POST', '/webhooks', {
        token,
        body: { url: 'http://127.0.0.1:9/hook', events: ['license.expired'] },
      })
      const order = { product_id: 1, customer_id: client }
      const { id } = await say('POST', '/licenses', { apiKey, body: order })
      await say('POST', '/licenses/bulk', { apiKey, body: { ...order, quantity: 3 } })
      await say('POST', '/licenses/bulk', { token: developer, body: { product_id: 1, quantity: 6 } })
      await say('POST', '/licenses', { token, body: { ...order, expires_at: null } })
      await say('POST', '/licenses', { token, body: { product_id: 99 } })
      await say('POST', '/licenses', { token, body: { product_id: 'one' } })
      await say('POST', '/licenses', { token: customer, body: order })
      await say('POST', `/licenses/${id}/revoke`, { token })
      await say('POST', `/licenses/${id}/reactivate`, { apiKey })
      await say('GET', '/licenses', { apiKey })
      await say('GET', '/licenses?status=nothing', { apiKey })
      await say('GET', '/licenses')
      await say('GET', '/licenses/usage', { token })
      await say('GET', '/licenses/pack-credits', { token })
      await say('GET', '/clients', { apiKey })
      await say('GET', `/clients/${client}/licenses`, { apiKey })
      await say('GET', '/api-keys', { token })
      await say('GET', '/webhooks', { token })
      await say('DELETE', `/licenses/${id}/activations/mysite.com`, { token })
      const [own] = [await say('GET', '/licenses?source=bulk_pack&search=CY00', { token })].flatMap(
        (list) => list.items ?? list,
      )
      await portal.postJson('/license/activate', { license_key: own.license_key })
      await say('DELETE', `/licenses/${own.id}/activations/mysite.com`, { token })
      await say('DELETE', `/licenses/${id}`, { token })
      await say('DELETE', `/licenses/${id}`, { token })
      await say('DELETE', `/clients/${client}`, { apiKey })
      await say('DELETE', `/webhooks/${webhook}`, { token })
      await say('DELETE', `/api-keys/${key}`, { token })
      await say('DELETE', `/api-keys/${key}`, { token })

      const statuses = [...answers.seen].map((seen) => seen.split(' ')[1])
      expect([...new Set(statuses)].sort()).toEqual(['200', '201', '204', '400', '401', '403', '404', '422', '429'])
      const succeeded = [...answers.seen].filter((seen) => / 20[014]$/.test(seen)).map((seen) => seen.split(' ')[0])
      expect(succeeded.sort()).toEqual(portalEndpoints.map(([name]) => name).sort())
    })
  },
)
