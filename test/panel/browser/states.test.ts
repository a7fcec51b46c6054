import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeWhere } from '../../process/support/machine.js'
import { withChromium } from './support/chromium.js'
import { holdDownload } from './support/held-download.js'
import { arabic } from './support/languages.js'
import { type Product, startProduct, startProductOnDisk } from './support/product.js'
import { type VisitOptions, type Visitor, visit } from './support/visitor.js'

const looks: readonly (readonly [string, VisitOptions])[] = [
  ['light', { pictures: 'light' }],
  ['dark, and in German', { colorScheme: 'dark', language: 'de', pictures: 'dark' }],
  ['right to left', { language: 'ar', pictures: 'rtl' }],
]

const seconds = { timeout: 120_000 }

describeWhere(['chromium'], 'the panel in a browser', () => {
  const browser = withChromium()

  async function open(options: VisitOptions): Promise<readonly [Product, Visitor]> {
    const product = await startProduct({ messages: { ar: arabic } })
    return [product, await visit(browser(), product.url, options)]
  }

  it.each(looks)('takes a key, says what is wrong with it, and shows the license: %s', seconds, async (_, options) => {
    const [{ bed, sell }, visitor] = await open(options)
    const { page, sees, click, paste, inspect, button } = visitor
    const field = page.getByLabel(visitor.label('key'))
    const typed = () => field.inputValue()

    await sees('state.none')
    await inspect('none')

    await field.click()
    await page.keyboard.type('flvr-ab')
    await sees('key.missing', { count: 14 })
    await page.keyboard.type('!!')
    await inspect('key-incomplete')
    await page.keyboard.type('zzzzzzzzzzzzzzzzzzzzzz')
    await sees('key.bad')
    await inspect('key-bad')
    await page.keyboard.press('Enter')
    await sees('no.refused')
    await inspect('refused-invalid-key')

    // As a mail program may have made it: dashes, blanks, small letters, something invisible.
    await paste(' flvr\u2013none 0000\u00a00000\u200b\u20130001\n')
    expect(await typed()).toBe('FLVR-NONE-0000-0000-0001')
    await sees('key.good')

    const refusals: readonly (readonly [string, string])[] = [
      ['not-found', 'FLVR-NONE-0000-0000-0001'],
      ['expired', sell({ expiresInDays: -30 })],
      ['revoked', sell({ status: 'revoked' })],
      ['limit-reached', sell({ tier: 'starter', usedBy: ['other-shop.com'] })],
      ['wrong-product', sell({ product: 'flavor-bakery' })],
    ]
    for (const [reason, key] of refusals) {
      await paste(key)
      await click('activate')
      await page.getByText(visitor.sentence(`refused.${reason}`)).waitFor()
      if (reason === 'limit-reached') await sees('activations.of', { used: 1, limit: 1 })
      expect(await typed()).toBe(key)
      await inspect(`refused-${reason}`)
    }
    expect(await page.getByRole('link').count()).toBe(0)

    const good = sell({ tier: 'business', features: ['checkout', 'reports'] })
    await paste(good)
    bed.hub.faults.inject({
      route: 'activate',
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '600' },
      times: 1,
    })
    await click('activate')
    await page.getByText(visitor.sentence('deferred.rate-limited')).waitFor()
    await inspect('deferred-rate-limited')
    await bed.advance({ minutes: 30 })
    bed.goOffline()
    await click('activate')
    await page.getByText(visitor.sentence('deferred.name-not-resolved')).waitFor()
    await sees('state.none')
    await inspect('deferred-offline')

    bed.goOnline()
    await bed.advance({ minutes: 30 })
    await click('activate')
    await sees('activate.done')
    await sees('state.licensed')
    await inspect('licensed')
    expect(await page.content()).not.toContain(good)

    await click('check')
    await sees('check.done')
    await click('activate.other')
    await inspect('other-key')
    await click('cancel')

    await click('deactivate')
    await inspect('deactivation')
    await click('cancel')
    expect(await button('deactivate').evaluate((node) => node.matches(':focus'))).toBe(true)
    await click('deactivate')
    await click('deactivate.confirm')
    await sees('deactivate.done')
    await inspect('deactivated')
  })

  it.each(looks)(
    'tells "could not check" from "not licensed", and how long grace lasts: %s',
    seconds,
    async (_, options) => {
      const [{ bed }, visitor] = await open(options)
      const { page, sees, click, inspect } = visitor
      const key = await bed.grantLicense()
      await page.reload()
      await sees('state.licensed')

      bed.goOffline()
      await bed.advance({ days: 5 })
      await click('check')
      await sees('state.grace')
      await sees('check.failed')
      await page.getByText(visitor.sentence('deferred.name-not-resolved')).first().waitFor()
      await inspect('grace')

      await bed.advance({ days: 9, hours: 6 })
      await page.reload()
      await sees('state.grace')
      await inspect('grace-last-day')

      await bed.advance({ days: 2 })
      await click('check')
      await sees('state.unlicensed')
      await inspect('grace-over')

      bed.goOnline()
      await bed.advance({ hours: 12 })
      await click('check')
      await sees('state.licensed')

      bed.hub.setLicense(key, { status: 'revoked' })
      await click('check')
      await page.getByText(visitor.sentence('verdict.unlicensed.revoked')).waitFor()
      await inspect('revoked')

      bed.hub.setLicense(key, { status: 'active', expiresAt: bed.now() - 1 })
      await bed.advance({ minutes: 10 })
      await click('check')
      await page.getByText(visitor.sentence('verdict.unlicensed.expired')).waitFor()
      expect(await page.getByRole('link', { name: visitor.label('renew') }).getAttribute('href')).toBe(
        'https://shop.example/renew',
      )
      await inspect('expired')

      await page.getByText(visitor.label('diagnostics'), { exact: true }).click()
      await page.getByText('"packageVersion"').waitFor()
      await inspect('diagnostics')
      await click('copy')
      await sees('copied')
      const copied = await page.evaluate('navigator.clipboard.readText()')
      expect(JSON.parse(String(copied))).toMatchObject({ verdict: { state: 'unlicensed', reason: 'expired' } })
      expect(copied).not.toContain(key)
    },
  )

  it.each(looks)('tells a damaged record from none, and takes the key again: %s', seconds, async (_, options) => {
    const { emulator, url, damageRecord } = await startProductOnDisk({ messages: { ar: arabic } })
    const { page, sees, sentence, click, paste, inspect } = await visit(browser(), url, options)
    const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
    await paste(key)
    await click('activate')
    await sees('activate.done')

    await damageRecord()
    for (const look of ['first', 'second']) {
      await page.reload()
      await sees('state.unknown')
      await page.getByText(sentence('verdict.unknown.record-unreadable')).waitFor()
      if (look === 'first') await inspect('damaged')
    }
    await paste(key)
    await click('activate')
    await sees('activate.done')
    await sees('state.licensed')
    expect(emulator.licenses().find((license) => license.key === key)?.activations).toHaveLength(1)
  })

  it.each(looks)('finds, describes and downloads updates: %s', seconds, async (_, options) => {
    const [{ bed }, visitor] = await open(options)
    const { page, sees, click, inspect } = visitor
    await bed.grantLicense()
    await page.reload()

    await click('updates.check')
    await sees('updates.none')
    await inspect('updates-none')

    bed.hub.addRelease({ product: 'flavor-starter', version: '2.0.0', requiresProduct: '>=1.9.0' })
    await click('updates.check')
    await sees('withheld.product-version', { name: 'Flavor Starter' })
    await inspect('updates-withheld')

    const changelog = '## 2.1.0\n\n- Checkout is **twice** as fast\n- Invoices in `PDF`\n\nThank you for your reports.'
    const content = { bytes: 4_000_000 }
    bed.hub.addRelease({ product: 'flavor-starter', version: '2.1.0', changelog, content, mandatory: true })
    await click('updates.check')
    await page.getByText(visitor.label('changelog')).click()
    const change = page.getByText('Checkout is twice as fast')
    await change.waitFor()
    expect(await change.evaluate((node) => node.matches(':dir(ltr)'))).toBe(true)
    await inspect('updates-available')

    bed.goOffline()
    await click('updates.check')
    await sees('no.deferred')
    await inspect('updates-deferred')
    bed.goOnline()
    await bed.advance({ hours: 1 })

    const download = holdDownload(bed, 'updateDownload')
    await click('updates.download')
    await sees('progress', { percent: 50 })
    await inspect('updates-downloading')
    await click('cancel')
    await sees('canceled')
    download.release()

    await click('updates.download')
    await sees('updates.downloaded', { version: '2.1.0' })
    await inspect('updates-downloaded')
  })

  it.each(looks)('installs, updates, puts back and removes components: %s', seconds, async (_, options) => {
    const [{ bed, componentDirectory }, visitor] = await open(options)
    const { page, sees, click, inspect } = visitor
    await bed.grantLicense({ tier: 'business' })
    await page.reload()
    const card = { name: 'Card payments' }

    await click('components.show')
    await sees('components.listed', { count: 3, installed: 0 })
    await sees('component.tier', { tier: 'Agency' })
    await inspect('components')

    const download = holdDownload(bed, 'componentDownload')
    await click('install', {}, card.name)
    await sees('progress', { percent: 50 })
    await inspect('components-installing')
    download.release()
    await sees('install.done', { ...card, version: '2.0.0' })
    await inspect('components-installed')

    bed.hub.addRelease({ product: 'flavor-starter', component: 'card-payments', version: '2.1.0' })
    await bed.advance({ hours: 1 })
    await click('updates.check')
    await sees('updates.components', { names: card.name })
    await inspect('components-updates')
    await click('update', {}, card.name)
    await sees('install.done', { ...card, version: '2.1.0' })

    await click('rollback', { version: '2.0.0' }, card.name)
    await sees('rollback.question', { ...card, version: '2.0.0' })
    await inspect('components-rollback')
    await click('rollback', { version: '2.0.0' })
    await sees('rollback.done', { ...card, version: '2.0.0' })

    rmSync(`${componentDirectory}/.flavor-license`, { recursive: true })
    await click('components.refresh')
    await sees('component.missing', { version: '2.0.0' })
    await inspect('components-missing')

    bed.hub.faults.inject({ route: 'componentDownload', kind: 'changed-byte' })
    await click('repair', {}, card.name)
    await page.getByText(visitor.sentence('refused.wrong-file')).waitFor()
    await inspect('components-refused')
    bed.hub.faults.clear()

    await click('remove', {}, card.name)
    await sees('remove.question', card)
    await inspect('components-removal')
    await click('remove')
    await sees('remove.done', card)
    await inspect('components-removed')
  })
})
