import { describe, expect, it } from 'vitest'
import { type EmulatorOptions, rateLimitBodies } from '../../src/emulator/index.js'
import { rateLimits } from '../../src/protocol/routes.js'
import { type HubUnderTest, hubUnderTest, keys } from './hub-under-test.js'

const limited = (rateLimit: EmulatorOptions['rateLimit'] = {}): HubUnderTest => hubUnderTest({ rateLimit })

async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const answers: number[] = []
  for (let sent = 0; sent < count; sent += 1) answers.push((await send()).status)
  return answers
}

describe('the budgets that FlavorTeam documents', () => {
  it.each([
    ['activation', ['/license/activate', '/license/deactivate'], {}],
    ['verify', ['/license/verify'], {}],
    ['update', ['/update/check', '/update/info'], { current_version: '1.4.2' }],
    ['download', ['/update/download'], { version: '1.5.0' }],
    ['component', ['/components/list', '/components/available', '/components/check'], { installed: {} }],
    ['component-download', ['/components/card-payments/download'], { version: '2.1.0' }],
  ] as const)('%s: one for all of its endpoints', async (category, paths, body) => {
    const { post } = limited()
    const { limit } = rateLimits[category]
    let sent = 0
    const answers = await statuses(limit + 1, () => post(paths[sent++ % paths.length] ?? '', body))
    expect(answers.slice(0, limit)).not.toContain(429)
    expect(answers[limit]).toBe(429)
  })
})

describe('counting', () => {
  it('leaves out what is invalid and what is not served, and counts what the endpoint refuses', async () => {
    const { post } = limited({ limits: { verify: 2 } })
    expect(await statuses(5, () => post('/license/verify', { domain: 1 }))).toEqual(Array(5).fill(422))
    expect(await statuses(5, () => post('/license/unheard-of'))).toEqual(Array(5).fill(404))
    const unknown = () => post('/license/verify', { license_key: 'FLVR-0000-0000-0000-0000' })
    expect(await statuses(3, unknown)).toEqual([404, 404, 429])
  })

  it('is per remote address', async () => {
    const { post } = limited({ limits: { verify: 1 } })
    const from = (remoteAddress: string) => post('/license/verify', {}, { remoteAddress })
    expect((await from('192.0.2.1')).status).toBe(200)
    expect((await from('192.0.2.1')).status).toBe(429)
    expect((await from('192.0.2.2')).status).toBe(200)
  })

  it('does nothing for a request over the limit', async () => {
    const { post, emulator } = limited({ limits: { activation: 1 } })
    await post('/license/activate', { license_key: keys.business, domain: 'one.com' })
    await post('/license/activate', { license_key: keys.business, domain: 'two.com' })
    expect(emulator.licenses().find(({ key }) => key === keys.business)?.activations).toHaveLength(1)
  })

  it('runs on windows of the length that the options give', async () => {
    const { post, clock } = limited({ limits: { verify: 1 }, windowMs: 2000 })
    const verify = () => post('/license/verify')
    expect(await statuses(2, verify)).toEqual([200, 429])
    clock.advance(1999)
    expect((await verify()).status).toBe(429)
    clock.advance(1)
    expect((await verify()).status).toBe(200)
  })

  it.each([
    ['fixed-window', 60_000, 200],
    ['elastic-expiry', 60_001, 429],
    ['moving-window', 60_000, 429],
    ['moving-window', 60_001, 200],
    ['sliding-window-counter', 60_000, 429],
    ['sliding-window-counter', 60_001, 200],
  ] as const)('under %s, %i ms after the first hit and some knocking: %i', async (strategy, after, status) => {
    const { post, clock } = limited({ strategy, limits: { verify: 1 } })
    expect(await statuses(2, () => post('/license/verify'))).toEqual([200, 429])
    clock.advance(30_000)
    expect((await post('/license/verify')).status).toBe(429)
    clock.advance(after - 30_000)
    expect((await post('/license/verify')).status).toBe(status)
  })

  it('can be off', async () => {
    const { post } = limited({ strategy: 'off' })
    expect(new Set(await statuses(100, () => post('/license/verify')))).toEqual(new Set([200]))
  })
})

describe('the answer over the limit', () => {
  const over = async (body: EmulatorOptions['rateLimit']) => {
    const hub = limited({ limits: { activation: 1 }, ...body })
    const first = await hub.post('/license/activate')
    hub.clock.advance(17_500)
    return { first, second: await hub.post('/license/activate') }
  }
  const html = expect.stringContaining('<html')

  it.each([
    ['slowapi', 429, 'application/json', '{"error":"Rate limit exceeded: 1 per 1 minute"}', null],
    ['slowapi-headers', 429, 'application/json', '{"error":"Rate limit exceeded: 1 per 1 minute"}', '43'],
    [
      'slowapi-headers-date',
      429,
      'application/json',
      '{"error":"Rate limit exceeded: 1 per 1 minute"}',
      'Thu, 15 Jan 2026 12:01:00 -0000',
    ],
    ['limit-detail', 429, 'application/json', '{"detail":"1 per 1 minute"}', null],
    ['sentence-detail', 429, 'application/json', '{"detail":"Too Many Requests"}', null],
    ['coded-detail', 429, 'application/json', '{"detail":"Rate limit exceeded","code":"rate_limited"}', null],
    ['retry-after-seconds', 429, 'application/json', '{"detail":"Too Many Requests"}', '43'],
    ['retry-after-date', 429, 'application/json', '{"detail":"Too Many Requests"}', 'Thu, 15 Jan 2026 12:01:00 -0000'],
    ['nginx-503', 503, 'text/html', html, null],
    ['nginx-429', 429, 'text/html', html, null],
    ['cdn', 429, 'text/html; charset=UTF-8', html, '30'],
  ] as const)('in the form %s', async (body, status, contentType, text, retryAfter) => {
    const { second } = await over({ body })
    expect(second.status).toBe(status)
    expect(second.headers.get('content-type')).toBe(contentType)
    expect(await second.text()).toEqual(text)
    expect(second.headers.get('retry-after')).toBe(retryAfter)
  })

  it('has a table row above for every form there is', () => {
    expect(rateLimitBodies).toHaveLength(11)
  })

  it('comes with headers on a 200 too where the limiter does that, the reset as a float', async () => {
    const { first, second } = await over({ body: 'slowapi-headers' })
    const reset = '1768478460.0'
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
      'retry-after': '60',
    })
    expect(second.headers.get('x-ratelimit-reset')).toBe(reset)
    expect((await over({})).first.headers.get('retry-after')).toBeNull()
  })

  it('says seconds for a window that is no whole minute', async () => {
    const { second } = await over({ windowMs: 20_000 })
    expect(await second.text()).toBe('{"error":"Rate limit exceeded: 1 per 20 second"}')
  })
})
