import type { PanelState } from '../panel-state.js'
import { type Catalog, connect, RequestRefused, SignedOut } from './connection.js'
import { create } from './create.js'
import { openPanel } from './panel.js'
import { speak } from './speech.js'
import { style } from './style.js'

/**
 * `<flavor-license-panel>`: enters, shows and gives up a product's license.
 *
 * Attributes: `endpoint` (where the handler is mounted; by default where this script came from), `lang`, `dir`, `theme`
 * (`light` or `dark`). Event: `license-change`, whose `detail` is the new verdict.
 */
class PanelElement extends HTMLElement {
  readonly #root: ShadowRoot = this.attachShadow({ mode: 'open' })

  async connectedCallback(): Promise<void> {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    this.#root.adoptedStyleSheets = [sheet]
    try {
      await this.#open()
    } catch (error) {
      this.#root.replaceChildren(create('div', { class: 'section', role: 'alert' }, whyNotOpened(error)))
    }
  }

  async #open(): Promise<void> {
    const place = new URL('.', import.meta.url)
    const endpoint = this.getAttribute('endpoint')
    const connection = connect(endpoint === null ? place : new URL(`${endpoint}/`, document.baseURI))
    const languages = [this.lang, document.documentElement.lang, ...navigator.languages].filter(Boolean)
    const catalog = await connection.get<Catalog>(`messages?languages=${encodeURIComponent(languages.join())}`)
    const state = await connection.get<PanelState>('state')
    const onChange = ({ verdict }: PanelState) =>
      this.dispatchEvent(new CustomEvent('license-change', { detail: verdict, bubbles: true, composed: true }))
    const panel = openPanel({ connection, speech: speak(catalog), onChange }, state)
    panel.lang = catalog.language
    panel.dir = this.dir || catalog.messages.direction
    this.#root.replaceChildren(panel)
  }
}

/** In English: what would say it in another language could not be read either. */
function whyNotOpened(error: unknown): string {
  if (error instanceof RequestRefused) return error.message
  if (error instanceof SignedOut) return 'Sign in to manage the license, then reload this page.'
  return 'The license could not be read. Reload this page in a moment.'
}

// A page that shows two products loads the script of each; the first one serves both.
if (!customElements.get('flavor-license-panel')) customElements.define('flavor-license-panel', PanelElement)
