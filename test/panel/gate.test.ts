import { describe, expect, it } from 'vitest'
import { createPanelHandler, type PanelOptions } from '../../src/panel/index.js'
import { createTestbed } from '../../src/testing/index.js'
import { errorOf, host, panelUnderTest as openPanel } from './panel-under-test.js'

const everything = ['', 'panel.js', 'page.css', 'state', 'messages', 'diagnostics']
const actions = [
  'activate',
  'deactivate',
  'check',
  'updates',
  'updates/changelog',
  'updates/download',
  'components',
  'components/install',
  'components/rollback',
  'components/remove',
]

/** A panel on which everything is possible. */
const panelUnderTest = (options: Partial<PanelOptions> = {}) =>
  openPanel({ downloadDirectory: '/nowhere', components: true, ...options }, { components: { directory: '/nowhere' } })

describe('whoever may not manage the license', () => {
  it.each(everything)('is served nothing: %s', async (path) => {
    const panel = panelUnderTest({ authorize: async () => false })
    expect(await errorOf(await panel.get(path))).toEqual({ status: 401, code: 'not-authorized' })
  })

  it.each(actions)('can do nothing: %s', async (path) => {
    const panel = panelUnderTest({ authorize: () => false })
    expect(await errorOf(await panel.post(path, { licenseKey: 'x' }))).toEqual({ status: 401, code: 'not-authorized' })
    expect(panel.bed.hub.arrivals).toEqual([])
  })

  it('is anybody for whom the answer is not plainly yes', async () => {
    // A forgotten `await` gives a promise, and a lookup an object: neither is a yes.
    const authorize = (() => ({ user: 'somebody' })) as unknown as PanelOptions['authorize']
    expect((await panelUnderTest({ authorize }).get('state')).status).toBe(401)
  })

  it('is told nothing of what failed while it was decided', async () => {
    const authorize = () => Promise.reject(new Error('the database at db.internal is away'))
    const response = await panelUnderTest({ authorize }).get('state')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('db.internal')
  })
})

describe('a name that leads here but is not ours (DNS rebinding)', () => {
  it.each([...everything, ...actions])('is served nothing: %s', async (path) => {
    const panel = panelUnderTest()
    const send = actions.includes(path)
      ? panel.post(path, {}, { host: 'evil.example' })
      : panel.get(path, { host: 'evil.example' })
    expect(await errorOf(await send)).toEqual({ status: 403, code: 'wrong-host' })
  })

  it.each(['shop.example', 'shop.example:3001', 'shop.example:3000.evil.example', ''])(
    'may be near it: %j',
    async (name) => {
      expect((await panelUnderTest().get('state', { host: name })).status).toBe(403)
    },
  )

  it('is found in the address too, where a framework hands on no Host header', async () => {
    const { handler } = panelUnderTest()
    const ask = (name: string) =>
      handler(new Request(`http://${name}/license/state`, { headers: { 'x-flavor-license-panel': '1' } }))
    expect((await ask(host)).status).toBe(200)
    expect((await ask('evil.example')).status).toBe(403)
  })

  it('is told by the Host header alone, where there is one', async () => {
    // Next.js gives each request the address of its server, whatever the browser was told.
    const { handler } = panelUnderTest({ hosts: ['shop.example'] })
    const ask = (name: string) =>
      handler(
        new Request('http://localhost:3000/license/state', { headers: { host: name, 'x-flavor-license-panel': '1' } }),
      )
    expect((await ask('shop.example')).status).toBe(200)
    expect((await ask('evil.example')).status).toBe(403)
  })

  it('is written in any case', async () => {
    expect((await panelUnderTest({ hosts: ['Shop.Example:3000'] }).get('state')).status).toBe(200)
  })
})

describe("another site's page, with the cookies of whoever looks at it (CSRF)", () => {
  const disguises: readonly [string, Record<string, string>][] = [
    ['says where it is', { origin: 'http://evil.example' }],
    ['comes from another port', { origin: 'http://shop.example:3001' }],
    ['hides where it is', { origin: 'null' }],
    ['is told by the browser', { 'sec-fetch-site': 'cross-site' }],
    ['is on the same site', { 'sec-fetch-site': 'same-site' }],
    ['sends a form', { 'content-type': 'text/plain' }],
    ['sends a form of its own type', { 'content-type': 'application/x-www-form-urlencoded' }],
  ]

  it.each(disguises)('changes nothing: %s', async (_, headers) => {
    const panel = panelUnderTest()
    await panel.bed.grantLicense()
    panel.bed.hub.clearArrivals()
    for (const action of actions) {
      const response = await panel.post(action, { licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP' }, headers)
      expect([403, 415]).toContain(response.status)
    }
    expect(panel.bed.hub.arrivals).toEqual([])
    expect((await panel.bed.license.verify()).state).toBe('licensed')
  })

  it.each([...actions])('cannot ask at all without the header that it may not send: %s', async (action) => {
    const { handler } = panelUnderTest()
    const request = new Request(`http://${host}/license/${action}`, {
      method: 'POST',
      headers: { host, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await errorOf(await handler(request))).toEqual({ status: 403, code: 'cross-origin' })
  })

  it.each(['state', 'messages', 'diagnostics'])('reads nothing either: %s', async (path) => {
    const panel = panelUnderTest()
    const response = await panel.get(path, { 'sec-fetch-site': 'cross-site' })
    expect(await errorOf(response)).toEqual({ status: 403, code: 'cross-origin' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a panel', () => {
  const authorize = () => true
  const refused: readonly (readonly [unknown, RegExp])[] = [
    [{ hosts: [host] }, /authorize/],
    [{ authorize: true, hosts: [host] }, /authorize/],
    [{ authorize }, /hosts/],
    [{ authorize, hosts: [] }, /hosts/],
    [{ authorize, hosts: [host], path: 'license' }, /path/],
    [{ authorize, hosts: [host], path: '/license/' }, /path/],
    [undefined, /authorize/],
  ]

  it.each(refused)('is not made without what makes it safe: %j', (options, message) => {
    expect(() => createPanelHandler(createTestbed().license, options as unknown as PanelOptions)).toThrow(message)
  })
})
