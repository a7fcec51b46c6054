import { describe, expect, it } from 'vitest'
import { readWebhookMessage, readWebhookSignature } from '../../../src/protocol/exchange/portal/webhook-event.js'

const hex = 'ab'.repeat(32)
const data =
  '{"license_id":12,"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","tier":"starter","product_slug":"flavor-starter"}'
const bytes = (text: string) => new TextEncoder().encode(text)

describe('the signature of a delivery', () => {
  it.each([
    [`sha256=${hex}`, hex],
    [`sha256=${hex.toUpperCase()}`, undefined],
    [`sha1=${hex}`, undefined],
    [hex, undefined],
    [`sha256=${hex}00`, undefined],
    [`sha256=${hex}, sha256=${hex}`, undefined],
    ['', undefined],
  ])('of the header %s is %s', (header, signature) => {
    expect(readWebhookSignature(header)).toBe(signature)
  })
})

describe('the message of a delivery', () => {
  it('is an event', () => {
    const body = `{"event":"license.revoked","timestamp":"2026-01-15T12:00:00+00:00","data":${data}}`
    const timestamp = Date.parse('2026-01-15T12:00:00Z')
    expect(readWebhookMessage(bytes(body))).toEqual({
      name: 'license.revoked',
      timestamp,
      event: {
        event: 'license.revoked',
        timestamp,
        data: {
          licenseId: 12,
          licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP',
          tier: 'starter',
          productSlug: 'flavor-starter',
          domain: null,
        },
      },
    })
  })

  it('may name a domain', () => {
    const body = `{"event":"license.deactivated","timestamp":"2026-01-15T12:00:00+00:00","data":${data.replace('}', ',"domain":"mysite.com"}')}}`
    expect(readWebhookMessage(bytes(body))?.event?.data.domain).toBe('mysite.com')
  })

  it('may be of a kind that nobody knows yet', () => {
    const body = `{"event":"license.of-tomorrow","timestamp":"2026-01-15T12:00:00+00:00","data":${data}}`
    expect(readWebhookMessage(bytes(body))).toMatchObject({ name: 'license.of-tomorrow', event: null })
  })

  it.each(['', 'null', '{}', '{"event":"license.revoked"}', '\uFEFF{}'])('is not read from %j', (body) => {
    expect(readWebhookMessage(bytes(body))).toBeUndefined()
  })
})
