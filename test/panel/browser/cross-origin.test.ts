import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { describeWhere } from '../../process/support/machine.js'
import { withChromium } from './support/chromium.js'
import { startProduct } from './support/product.js'

/** A page of somebody else's, on another port of this machine: to the browser the same site, so that cookies go along. */
async function startAttacker(): Promise<string> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
}

const actions: readonly (readonly [string, object])[] = [
  ['activate', { licenseKey: 'FLVR-EVIL-0000-0000-0001' }],
  ['check', {}],
  ['deactivate', {}],
  ['updates', {}],
  ['updates/changelog', { version: '1.5.0' }],
  ['updates/download', {}],
  ['components', {}],
  ['components/install', { slug: 'card-payments' }],
  ['components/rollback', { slug: 'parcel-courier' }],
  ['components/remove', { slug: 'parcel-courier' }],
]

const readable = ['', 'panel.js', 'state', 'messages', 'diagnostics']

/** Everything that a page can do to another origin, and what it could read of it. */
const attacks = `async (url, actions, readable) => {
  const loot = []
  const attempt = async (what, act) => {
    try {
      const found = await act()
      if (found) loot.push(what + ': ' + found)
    } catch {}
  }
  const bodies = { credentials: 'include', method: 'POST' }
  for (const [path, body] of actions) {
    const text = JSON.stringify(body)
    const own = { 'content-type': 'application/json', 'x-flavor-license-panel': '1' }
    await attempt('no-cors ' + path, async () => (await fetch(url + path, { ...bodies, mode: 'no-cors', body: text })).text())
    await attempt('simple ' + path, async () => (await fetch(url + path, { ...bodies, body: text })).text())
    await attempt('preflighted ' + path, async () => (await fetch(url + path, { ...bodies, headers: own, body: text })).text())
    await attempt('beacon ' + path, async () => void navigator.sendBeacon(url + path, text))
    await attempt('form ' + path, () => new Promise((resolve) => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'form' })
      const form = Object.assign(document.createElement('form'), { action: url + path, method: 'post', enctype: 'text/plain', target: 'form' })
      form.append(Object.assign(document.createElement('input'), { name: text.slice(0, -1) + ',"x":"', value: '"}' }))
      document.body.append(frame, form)
      frame.onload = () => { try { resolve(frame.contentDocument?.body.textContent) } catch { resolve('') } frame.remove(); form.remove() }
      form.submit()
      setTimeout(resolve, 1_000)
    }))
  }
  for (const path of readable) {
    await attempt('read ' + path, async () => (await fetch(url + path, { credentials: 'include' })).text())
    for (const tag of ['img', 'script', 'iframe']) {
      await attempt(tag + ' ' + path, () => new Promise((resolve) => {
        const element = Object.assign(document.createElement(tag), { src: url + path })
        element.onload = () => { try { resolve(tag === 'iframe' ? element.contentDocument?.body.textContent : 'loaded') } catch { resolve('') } }
        element.onerror = () => resolve('')
        document.body.append(element)
        setTimeout(resolve, 1_000)
      }))
    }
  }
  await attempt('window', async () => {
    const opened = window.open(url)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return opened.document.body.textContent
  })
  return loot
}`

describeWhere(['chromium'], 'a page of another origin, in the browser of somebody who may manage the license', () => {
  const browser = withChromium()

  it('activates, deactivates, downloads, installs and reads nothing', { timeout: 60_000 }, async () => {
    let signedIn = 0
    const { bed, url, componentDirectory } = await startProduct({
      authorize(request) {
        const known = (request.headers.get('cookie') ?? '').includes('session=administrator')
        if (known) signedIn += 1
        return known
      },
    })
    await bed.grantLicense()
    await bed.license.components.install('parcel-courier')
    bed.hub.addRelease({ product: 'flavor-starter', version: '1.5.0' })
    const attacker = await startAttacker()
    const context = await browser().newContext()
    onTestFinished(() => context.close())
    await context.addCookies([{ name: 'session', value: 'administrator', url, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    await page.goto(attacker)
    bed.hub.clearArrivals()

    const words = [url, actions, readable].map((value) => JSON.stringify(value)).join()
    expect(await page.evaluate(`(${attacks})(${words})`)).toEqual([])

    // The cookie went along, so that it was the panel that refused, not somebody who was not signed in.
    expect(signedIn).toBeGreaterThan(actions.length)
    expect(bed.hub.arrivals).toEqual([])
    expect(bed.license.status().state).toBe('licensed')
    expect((await bed.license.components.installed({ directory: componentDirectory })).items).toMatchObject([
      { slug: 'parcel-courier', state: 'in-place' },
    ])
  })
})
