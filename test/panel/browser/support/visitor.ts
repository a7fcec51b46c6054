import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { LabelName } from '../../../../src/panel/index.js'
import { type Language, labelIn, sentenceIn } from './languages.js'
import { productTitle } from './product.js'

type Values = Readonly<Record<string, string | number>>

/** Somebody in front of the panel, who clicks and types. */
export interface Visitor {
  readonly page: Page
  label(name: LabelName, values?: Values): string
  /** What is said of an outcome. */
  sentence(name: string): string
  /** A button, by its label; that of a component's row, by the component as well. */
  button(name: LabelName, values?: Values, component?: string): Locator
  click(name: LabelName, values?: Values, component?: string): Promise<void>
  /** As if it came from the clipboard, over whatever the field for the key holds. */
  paste(text: string): Promise<void>
  sees(name: LabelName, values?: Values): Promise<void>
  /** What must hold in every state: nothing for axe to find, and nothing that a narrow window cuts off. */
  inspect(state: string): Promise<void>
}

export interface VisitOptions {
  readonly language?: Language
  readonly colorScheme?: 'light' | 'dark'
  /** Under which name the states' pictures are kept, where they are wanted. */
  readonly pictures?: string
}

const wide = { width: 720, height: 640 }
const narrow = { width: 360, height: 640 }

/** Where the pictures of the documents go; without it, a run changes no file. */
const pictureDirectory = process.env['FLAVOR_LICENSE_PICTURES']
const pictured = [
  'none',
  'refused-limit-reached',
  'licensed',
  'deactivation',
  'grace',
  'expired',
  'damaged',
  'updates-downloading',
  'components-updates',
]

export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visitor> {
  const { language = 'en', colorScheme = 'light', pictures } = options
  const context = await browser.newContext({
    viewport: wide,
    colorScheme,
    locale: language,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  // Once and for all pages: its text is so long that sending it takes ten times as long as what it does.
  await context.addInitScript(axe.source)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints = watch(page, new URL(url).origin)
  onTestFinished(() => context.close())
  await page.goto(url)

  const label = (name: LabelName, values?: Values) => labelIn(language, name, { product: productTitle, ...values })
  const button = (name: LabelName, values?: Values, component?: string) => {
    const text = label(name, values)
    return page.getByRole('button', { name: component === undefined ? text : `${text}: ${component}`, exact: true })
  }

  return {
    page,
    label,
    sentence: (name) => sentenceIn(language, name),
    button,
    click: (name, values, component) => button(name, values, component).click(),
    async paste(text) {
      await page.getByLabel(label('key')).click()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
    sees: (name, values) => page.getByText(label(name, values)).first().waitFor(),
    async inspect(state) {
      for (const size of [narrow, wide]) {
        const where = `${state}, ${language}, ${colorScheme}, ${size.width} px`
        await page.setViewportSize(size)
        expect(await overflow(page), where).toBe(0)
        expect(await violations(page), `axe: ${where}`).toEqual([])
      }
      expect(complaints).toEqual([])
      if (pictureDirectory !== undefined && pictured.includes(state)) {
        if (pictures === 'light') await takePictures(page, join(pictureDirectory, `panel-${state}`))
      }
    },
  }
}

async function takePictures(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await takePicture(page, `${name}-light.png`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await takePicture(page, `${name}-dark.png`)
  await page.emulateMedia({ colorScheme: 'light' })
}

async function takePicture(page: Page, path: string): Promise<void> {
  // A dialog covers the window, not the page.
  const fullPage = (await page.getByRole('alertdialog').count()) === 0
  await page.screenshot({ path, fullPage, caret: 'hide' })
}

/** What the browser objects to, and every request that leaves the product. */
function watch(page: Page, origin: string): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`asked ${request.url()}`)
  })
  return complaints
}

async function violations(page: Page): Promise<readonly string[]> {
  const found: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] =
    await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** By how much the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth')
}
