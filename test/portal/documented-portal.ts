import type { ApiKey, PortalAccount, PortalClientAccount, PortalLicense, Webhook } from '../../src/portal/index.js'

/** Bodies of the portal, letter for letter as a hub sends them. */

export const licenseJson: string =
  '{"id":12,"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","product":{"id":1,"name":"Flavor Starter","slug":"flavor-starter"},' +
  '"tier":"starter","status":"active","source":"individual","expires_at":"2027-01-15T12:00:00Z",' +
  '"activations":[{"domain":"mysite.com","activated_at":"2026-01-10T08:00:00Z"}],"customer_id":null,' +
  '"created_at":"2026-01-10T08:00:00Z"}'

export const license: PortalLicense = {
  id: 12,
  licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP',
  product: { id: 1, name: 'Flavor Starter', slug: 'flavor-starter' },
  tier: 'starter',
  status: 'active',
  source: 'individual',
  expiresAt: Date.parse('2027-01-15T12:00:00Z'),
  activations: [{ domain: 'mysite.com', activatedAt: Date.parse('2026-01-10T08:00:00Z') }],
  customerId: null,
  createdAt: Date.parse('2026-01-10T08:00:00Z'),
}

/** The license with some fields replaced, as the hub sends it. */
export function licenseWith(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.assign({}, JSON.parse(licenseJson), fields))
}

/** Licenses from `first` on, as the hub sends them. */
export function licensesFrom(first: number, count: number): string {
  return `[${Array.from({ length: count }, (_, index) => licenseWith({ id: first + index })).join(',')}]`
}

export const clientJson = '{"id":3,"email":"anna@example.com","name":"Anna","company":null,"license_count":2}'
export const client: PortalClientAccount = {
  id: 3,
  email: 'anna@example.com',
  name: 'Anna',
  company: null,
  licenseCount: 2,
}

export const apiKeyJson = '{"id":1,"name":"CI","prefix":"0123abcd","created_at":"2026-01-10T08:00:00Z"}'
export const rawKey = 'fh_live_0123abcd0123abcd0123abcd0123abcd0123abcd'
export const createdApiKeyJson: string = `{"id":1,"name":"CI","prefix":"0123abcd","raw_key":"${rawKey}","created_at":"2026-01-10T08:00:00Z"}`
export const apiKey: ApiKey = { id: 1, name: 'CI', prefix: '0123abcd', createdAt: Date.parse('2026-01-10T08:00:00Z') }

export const secret: string = '5ec2e7'.padEnd(64, '0')
const webhookFields =
  '"id":4,"url":"https://shop.example/hook","events":["license.revoked"],"is_active":true,"description":null,' +
  '"created_at":"2026-01-10T08:00:00Z"'
export const webhookJson: string = `{${webhookFields}}`
export const createdWebhookJson: string = `{${webhookFields},"secret":"${secret}"}`
export const webhook: Webhook = {
  id: 4,
  url: 'https://shop.example/hook',
  events: ['license.revoked'],
  isActive: true,
  description: null,
  createdAt: Date.parse('2026-01-10T08:00:00Z'),
}

export const accountJson = '{"id":7,"email":"shop@example.com","name":"Shop","type":"reseller"}'
export const account: PortalAccount = { id: 7, email: 'shop@example.com', name: 'Shop', type: 'reseller' }

/** A JWT as the hub makes it; nobody here checks its signature. Times are epoch seconds. */
export function jwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '7', ...claims })}.${'s'.repeat(43)}`
}
