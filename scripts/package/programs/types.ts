import { createLicenseClient, type LicenseClient, type Verdict } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { generateSigningKey, type SigningKey } from 'flavor-license/issuing'
import { createPanelHandler } from 'flavor-license/panel'
import { memoryTokenStore, type TokenStore } from 'flavor-license/portal'
import type { RedisStoreOptions, redisStore } from 'flavor-license/redis'
import { createTestbed } from 'flavor-license/testing'

const license: LicenseClient = createLicenseClient({ product: { slug: 'a', version: '1.0.0' }, domain: 'mysite.com' })
export const verdict: Promise<Verdict> = license.verify()
export const panel: (request: Request) => Promise<Response> = createPanelHandler(license, {
  authorize: () => true,
  hosts: ['localhost'],
})
export const keys: Readonly<Record<string, string>> = createEmulator().keys
export const key: SigningKey = generateSigningKey()
export const tokens: TokenStore = memoryTokenStore()
export const shared: Parameters<typeof redisStore>[1] = { prefix: 'product' } satisfies RedisStoreOptions
export const testbed: { readonly license: LicenseClient } = createTestbed()
// @ts-expect-error A product without a version must not compile: this shows that the types are more than `any`.
createLicenseClient({ product: { slug: 'a' }, domain: 'mysite.com' })
