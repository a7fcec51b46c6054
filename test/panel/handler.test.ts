import { describe, expect, it } from 'vitest'
import { errorOf, host, panelUnderTest } from './panel-under-test.js'

describe('the panel', () => {
  it('tells what the license is like', async () => {
    const panel = panelUnderTest({ title: 'My Plugin', renewUrl: 'https://shop.example/renew' })
    await panel.bed.grantLicense({ tier: 'business', features: ['checkout'] })
    expect(await (await panel.get('state')).json()).toMatchObject({
      title: 'My Plugin',
      product: { slug: 'test-product', version: '1.0.0' },
      verdict: { state: 'licensed', tier: 'business', licenseKey: 'FLVR-****-****-****-0001' },
      activations: { used: 1, limit: 3 },
      renewUrl: 'https://shop.example/renew',
    })
  })

  it('activates, checks and deactivates, and tells each time what the license is like after it', async () => {
    const panel = panelUnderTest()
    const key = await panel.bed.grantLicense()
    const ask = async (path: string, body?: object) => (await panel.post(path, body)).json()
    expect(await ask('deactivate')).toMatchObject({
      outcome: { outcome: 'deactivated' },
      state: { verdict: { state: 'unlicensed', reason: 'deactivated' } },
    })
    expect(await ask('activate', { licenseKey: key.toLowerCase().replaceAll('-', ' ') })).toMatchObject({
      outcome: { outcome: 'activated' },
      state: { verdict: { state: 'licensed' } },
    })
    expect(await ask('check')).toMatchObject({ outcome: { state: 'licensed', source: 'hub' } })
    expect(await ask('updates')).toMatchObject({ outcome: { outcome: 'current' } })
  })

  it.each([
    ['a key of no license', 'FLVR-NONE-NONE-NONE-NONE', 'not-found'],
    ['no key', 'hello', 'invalid-key'],
  ])('says why the hub says no: %s', async (_, licenseKey, reason) => {
    const panel = panelUnderTest()
    expect(await (await panel.post('activate', { licenseKey })).json()).toMatchObject({
      outcome: { outcome: 'refused', reason },
    })
  })

  it('never returns the license key, whatever is asked', async () => {
    const panel = panelUnderTest()
    const key = await panel.bed.grantLicense()
    const answers = [
      await panel.get('state'),
      await panel.get('diagnostics'),
      await panel.post('activate', { licenseKey: key }),
      await panel.post('check'),
      await panel.post('updates'),
      await panel.post('activate', { licenseKey: key, [key]: key }),
      await panel.post(`activate?${key}`, key),
      await panel.get(key),
      await panel.post('deactivate'),
    ]
    for (const answer of answers) expect(await answer.text()).not.toContain(key)
  })

  it.each(['', 'panel.js', 'page.css', 'state', 'nowhere'])(
    'lets nobody keep, frame or reuse what it serves: %s',
    async (path) => {
      const { headers } = await panelUnderTest().get(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      const policy = headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).not.toContain('unsafe')
    },
  )

  it.each([
    ['what there is not', 'GET', 'nowhere', 404, 'not-found'],
    ['a page, posted to', 'POST', '', 405, 'wrong-method'],
    ['an action, read', 'GET', 'activate', 405, 'wrong-method'],
    ['the state, posted to', 'POST', 'state', 405, 'wrong-method'],
  ])('says that it does not serve %s', async (_, method, path, status, code) => {
    const panel = panelUnderTest()
    const response = await (method === 'GET' ? panel.get(path) : panel.post(path))
    expect(await errorOf(response)).toEqual({ status, code })
  })

  it.each([
    ['no JSON', '{"licenseKey"', 400, 'malformed'],
    ['a list', '[]', 400, 'malformed'],
    ['nothing', 'null', 400, 'malformed'],
    ['no key', '{}', 400, 'malformed'],
    ['a number for a key', '{"licenseKey":5}', 400, 'malformed'],
    ['a key that is inherited', '{"__proto__":{"licenseKey":"FLVR-ABCD-EFGH-IJKL-MNOP"}}', 400, 'malformed'],
    ['more than anybody has to say', JSON.stringify({ licenseKey: 'x'.repeat(5_000) }), 413, 'too-large'],
  ])('refuses a body that holds %s', async (_, body, status, code) => {
    expect(await errorOf(await panelUnderTest().post('activate', body))).toEqual({ status, code })
  })

  it('serves a script that names no other place', async () => {
    expect(await (await panelUnderTest().get('panel.js')).text()).not.toMatch(/https?:/)
  })

  it.each(['/license', '/license/'])('is a page at %s, whose script and style are found from there', async (path) => {
    const { handler } = panelUnderTest()
    const page = await (await handler(new Request(`http://${host}${path}`))).text()
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name)
    expect(named).toEqual(['/license/page.css', '/license/panel.js'])
    for (const name of named) expect((await handler(new Request(`http://${host}${name}`))).status).toBe(200)
  })

  it('writes a title as text, whatever it holds', async () => {
    const panel = panelUnderTest({ title: '"><script>alert(1)</script>' })
    expect(await (await panel.get('')).text()).not.toContain('<script>alert')
  })

  it('speaks the language of its page', async () => {
    const page = async (language: string) => (await panelUnderTest().get('', { 'accept-language': language })).text()
    expect(await page('de-AT,de;q=0.9,en;q=0.8')).toContain('<html lang="de" dir="ltr">')
    expect(await page('tlh')).toContain('<html lang="en" dir="ltr">')
    expect(await (await panelUnderTest({ language: 'de' }).get('')).text()).toContain('<html lang="de" dir="ltr">')
  })
})
