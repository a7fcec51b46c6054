import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeWhere } from '../../process/support/machine.js'
import { withChromium } from './support/chromium.js'
import { holdDownload } from './support/held-download.js'
import { startProduct } from './support/product.js'
import { visit } from './support/visitor.js'

const seconds = { timeout: 60_000 }

/** What has the focus, by what a screen reader calls it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    let element = document.activeElement
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent
  })()`)
}

/** What has the focus after each Tab, up to and with `last`. */
async function tabUpTo(page: Page, last: string): Promise<readonly string[]> {
  const order: string[] = []
  while (order.at(-1) !== last) {
    expect(order.length, `${last} is not reached by ${order.join(', ')}`).toBeLessThan(20)
    await page.keyboard.press('Tab')
    order.push(await focused(page))
  }
  return order
}

describeWhere(['chromium'], 'somebody without a mouse', () => {
  const browser = withChromium()

  it('activates, looks around and deactivates, and always knows where they are', seconds, async () => {
    const { url, sell } = await startProduct()
    const { page, sees } = await visit(browser(), url)
    await sees('state.none')

    expect(await tabUpTo(page, 'License key')).toEqual(['License key'])
    await page.keyboard.type(sell({}))
    await page.keyboard.press('Enter')
    await sees('activate.done')
    expect(await focused(page)).toBe('Licensed')
    expect(await tabUpTo(page, 'Diagnostics')).toEqual([
      'Check again',
      'Use another key',
      'Deactivate here',
      'Check for updates',
      'Show all components',
      'Diagnostics',
    ])

    await page.reload()
    await sees('state.licensed')
    await tabUpTo(page, 'Use another key')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('License key')
    await tabUpTo(page, 'Cancel')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Licensed')

    await tabUpTo(page, 'Deactivate here')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Cancel')
    expect(await tabUpTo(page, 'Deactivate')).toEqual(['Deactivate'])
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Deactivate here')
    await page.keyboard.press('Enter')
    await tabUpTo(page, 'Deactivate')
    await page.keyboard.press('Enter')
    await sees('deactivate.done')
    expect(await focused(page)).toBe('Not licensed')
  })

  it('hears of a download four times, whatever the bar shows, and can cancel it', seconds, async () => {
    const { bed, url } = await startProduct()
    await bed.grantLicense()
    bed.hub.addRelease({ product: 'flavor-starter', version: '1.5.0', content: { bytes: 1_000_000 } })
    const { page, sees, button } = await visit(browser(), url)
    await button('updates.check').press('Enter')
    await sees('updates.available', { version: '1.5.0' })
    await page.evaluate(`(() => {
      globalThis.heard = []
      const root = document.querySelector('flavor-license-panel').shadowRoot
      const listen = () => heard.push(...[...root.querySelectorAll('[role=status]')].map((region) => region.textContent))
      new MutationObserver(listen).observe(root, { subtree: true, childList: true, characterData: true })
    })()`)

    const download = holdDownload(bed, 'updateDownload')
    await button('updates.download').press('Enter')
    await sees('progress', { percent: 50 })
    expect(await page.getByRole('progressbar', { name: 'Downloading version 1.5.0…' }).getAttribute('value')).toBe(
      '500001',
    )
    await button('cancel').press('Enter')
    await sees('canceled')
    download.release()
    expect(await focused(page)).toBe('Download')

    await page.keyboard.press('Enter')
    await sees('updates.downloaded', { version: '1.5.0' })
    const heard: readonly string[] = await page.evaluate('[...new Set(heard)].filter(Boolean)')
    const doing = 'Downloading version 1.5.0…'
    expect(heard.filter((text) => text.startsWith(doing))).toEqual([
      doing,
      `${doing} 50% downloaded`,
      `${doing} 100% downloaded`,
    ])
  })
})
