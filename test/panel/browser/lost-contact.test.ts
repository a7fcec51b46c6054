import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { createPanelHandler, toNodeListener } from '../../../src/panel/index.js'
import { createTestbed } from '../../../src/testing/index.js'
import { describeWhere } from '../../process/support/machine.js'
import { withChromium } from './support/chromium.js'
import { startProduct } from './support/product.js'
import { visit } from './support/visitor.js'

const seconds = { timeout: 60_000 }

describeWhere(['chromium'], 'a panel that the product does not answer any more', () => {
  const browser = withChromium()

  it('says so, whether somebody is signed out or the product has ended', seconds, async () => {
    let signedIn = true
    const { bed, url } = await startProduct({ authorize: () => signedIn })
    await bed.grantLicense()
    const { page, sees, click } = await visit(browser(), url)
    await sees('state.licensed')

    signedIn = false
    await click('check')
    await sees('signed-out')
    await sees('state.licensed')

    signedIn = true
    await page.route('**/check', (route) => route.abort())
    await click('check')
    await sees('unreachable')
    await page.unroute('**/check')
    await click('check')
    await sees('check.done')
  })

  it.each([
    ['nobody is signed in', 401, 'text/html', 'Sign in to manage the license, then reload this page.'],
    ['a login stands in front', 200, 'text/html', 'The license could not be read. Reload this page in a moment.'],
    ['the product fails', 500, 'text/plain', 'The license could not be read. Reload this page in a moment.'],
  ])('says so instead of opening: %s', seconds, async (_, status, contentType, sentence) => {
    const { url } = await startProduct()
    const page = await (await browser().newContext()).newPage()
    onTestFinished(() => page.context().close())
    await page.route('**/state', (route) => route.fulfill({ status, contentType, body: '<h1>Log in</h1>' }))
    await page.goto(url)
    await page.getByRole('alert').getByText(sentence, { exact: true }).waitFor()
  })
})

describeWhere(['chromium'], 'a page of the author’s own', () => {
  const browser = withChromium()

  it('holds the panels of two products, each with the script that its product serves', seconds, async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const panels = ['one', 'two'].map((slug) => {
      const { license } = createTestbed({ product: { slug, version: '1.0.0' } })
      const options = { authorize: () => true, hosts: [host], path: `/${slug}` }
      return { slug, listener: toNodeListener(createPanelHandler(license, options)) }
    })
    const elements = panels.map(
      ({ slug }) =>
        `<script type="module" src="/${slug}/panel.js"></script><flavor-license-panel endpoint="/${slug}"></flavor-license-panel>`,
    )
    server.on('request', (request, response) => {
      const panel = panels.find(({ slug }) => request.url?.startsWith(`/${slug}/`))
      if (panel) panel.listener(request, response)
      else response.setHeader('content-type', 'text/html').end(`<!doctype html><html lang="en">${elements.join('')}`)
    })
    const page = await (await browser().newContext()).newPage()
    onTestFinished(() => page.context().close())
    const errors = errorsOn(page)
    await page.goto(`http://${host}/`)
    for (const { slug } of panels) await page.getByRole('heading', { name: `Activate ${slug}` }).waitFor()
    expect(errors).toEqual([])
  })
})

function errorsOn(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  return errors
}
