import { describe, expect, it } from 'vitest'
import { portalRoutes } from '../../../src/protocol/portal-routes.js'

describe('the routes of the portal', () => {
  it.each([
    ['login', 'POST', '/portal/auth/login', 'login'],
    ['register', 'POST', '/portal/auth/register', 'login'],
    ['refresh', 'POST', '/portal/auth/refresh', 'refresh'],
    ['forgotPassword', 'POST', '/portal/auth/forgot-password', 'password'],
    ['resendVerification', 'POST', '/portal/auth/resend-verification', 'password'],
    ['licenseList', 'GET', '/portal/licenses', null],
    ['licenseCreate', 'POST', '/portal/licenses', null],
    ['licenseCreateBulk', 'POST', '/portal/licenses/bulk', null],
    ['licenseReactivate', 'POST', '/portal/licenses/{id}/reactivate', null],
    ['licenseRevoke', 'POST', '/portal/licenses/{id}/revoke', null],
    ['licenseDelete', 'DELETE', '/portal/licenses/{id}', null],
    ['licenseDeactivateDomain', 'DELETE', '/portal/licenses/{id}/activations/{domain}', null],
    ['licenseUsage', 'GET', '/portal/licenses/usage', null],
    ['packCredits', 'GET', '/portal/licenses/pack-credits', null],
    ['clientList', 'GET', '/portal/clients', null],
    ['clientCreate', 'POST', '/portal/clients', null],
    ['clientDelete', 'DELETE', '/portal/clients/{id}', null],
    ['clientLicenses', 'GET', '/portal/clients/{id}/licenses', null],
    ['apiKeyCreate', 'POST', '/portal/api-keys', null],
    ['apiKeyList', 'GET', '/portal/api-keys', null],
    ['apiKeyRevoke', 'DELETE', '/portal/api-keys/{id}', null],
    ['webhookCreate', 'POST', '/portal/webhooks', null],
    ['webhookList', 'GET', '/portal/webhooks', null],
    ['webhookDelete', 'DELETE', '/portal/webhooks/{id}', null],
  ] as const)('have %s as %s %s within the budget %s', (name, method, path, category) => {
    expect(portalRoutes[name]).toMatchObject({ method, path, category })
  })

  it('are these 24 and no others', () => {
    expect(Object.keys(portalRoutes)).toHaveLength(24)
  })

  it('take an API key at exactly eight of them', () => {
    const taking = Object.entries(portalRoutes).flatMap(([name, { apiKey }]) => (apiKey ? [name] : []))
    expect(taking).toEqual([
      'licenseList',
      'licenseCreate',
      'licenseCreateBulk',
      'licenseReactivate',
      'clientList',
      'clientCreate',
      'clientDelete',
      'clientLicenses',
    ])
  })
})
