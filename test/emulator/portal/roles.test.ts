import { describe, expect, it } from 'vitest'
import { type PortalRouteName, portalRoutes } from '../../../src/protocol/portal-routes.js'
import { type AccountType, accountTypes } from '../../../src/protocol/wire/portal/auth.js'
import { portalUnderTest } from './portal-under-test.js'

const everybody = accountTypes
const makers: readonly AccountType[] = ['developer', 'reseller', 'agency']
const merchants: readonly AccountType[] = ['reseller', 'agency']

/** Who may call what; the endpoints that are not here are for anybody. */
const allowed: Readonly<Partial<Record<PortalRouteName, readonly AccountType[]>>> = {
  licenseList: everybody,
  licenseUsage: everybody,
  packCredits: everybody,
  licenseDeactivateDomain: everybody,
  licenseCreate: makers,
  licenseCreateBulk: makers,
  licenseReactivate: makers,
  licenseRevoke: makers,
  licenseDelete: makers,
  webhookCreate: makers,
  webhookList: makers,
  webhookDelete: makers,
  clientList: merchants,
  clientCreate: merchants,
  clientDelete: merchants,
  clientLicenses: merchants,
  apiKeyCreate: merchants,
  apiKeyList: merchants,
  apiKeyRevoke: merchants,
}
const open = ['login', 'register', 'refresh', 'forgotPassword', 'resendVerification']

const endpoints = Object.entries(portalRoutes).map(([name, { method, path }]) => ({
  name,
  method,
  path: path.replace('/portal', '').replace('{id}', '999').replace('{domain}', 'mysite.com'),
  roles: Object.entries(allowed).find(([candidate]) => candidate === name)?.[1] ?? [],
}))

describe.each(accountTypes)('a %s', (type) => {
  it.each(endpoints.filter(({ name, roles }) => !open.includes(name) && !roles.includes(type)))(
    'may not $method $path',
    async ({ method, path }) => {
      const { as, call } = portalUnderTest()
      const { token } = await as(type)
      const { status, body } = await call(method, path, { token, ...(method === 'POST' ? { body: {} } : {}) })
      expect([status, body.code]).toEqual([403, 'permission_denied'])
    },
  )

  it.each(endpoints.filter(({ roles }) => roles.includes(type)))('may $method $path', async ({ method, path }) => {
    const { as, call } = portalUnderTest()
    const { token } = await as(type)
    const { status } = await call(method, path, { token, ...(method === 'POST' ? { body: {} } : {}) })
    expect([200, 404, 422]).toContain(status)
  })
})

describe('somebody without credentials', () => {
  it.each(endpoints.filter(({ name }) => !open.includes(name)))('may not $method $path', async ({ method, path }) => {
    const { call } = portalUnderTest()
    const { status } = await call(method, path, method === 'POST' ? { body: {} } : {})
    expect(status).toBe(401)
  })

  it.each(endpoints.filter(({ name }) => open.includes(name)))('may $method $path', async ({ method, path }) => {
    const { call } = portalUnderTest()
    expect((await call(method, path, { body: {} })).status).toBe(422)
  })
})
