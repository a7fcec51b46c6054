import type { LicenseClient } from '../index.js'
import type { Action, Actions, Reply } from './action.js'
import { componentActions } from './component-actions.js'
import { elementSource } from './element-source.js'
import { createGate } from './gate.js'
import { licenseActions } from './license-actions.js'
import { messagesFor } from './messages/catalog.js'
import type { PanelOptions } from './options.js'
import { pageReply, pageStyle } from './page.js'
import { PanelError } from './panel-error.js'
import { readPanelState } from './read-panel-state.js'
import { contentReply, errorReply, jsonReply } from './replies.js'
import { requirePanelOptions } from './require-options.js'
import { updateActions } from './update-actions.js'

/** A Web-standard handler: it mounts in Hono, Next, Bun and Deno as it is, elsewhere with `toNodeListener`. */
export type PanelHandler = (request: Request) => Promise<Response>

/**
 * The activation panel of a product: a page, the custom element on it, and what the element asks.
 *
 * Everything that it serves passes `authorize` and the list of hosts. It never returns the license key.
 *
 * @throws TypeError when `authorize` or `hosts` is missing: no default would be safe.
 */
export function createPanelHandler(client: LicenseClient, options: PanelOptions): PanelHandler {
  const { hosts, authorize, path = '', title = null, language, messages = {} } = requirePanelOptions(options)
  const { renewUrl = null, downloadDirectory, components = false } = options
  const gate = createGate(hosts, authorize)
  const terms = {
    title,
    renewUrl,
    downloads: downloadDirectory !== undefined,
    managesComponents: components !== false,
  }
  const state = () => readPanelState(client, terms)
  const reply: Reply = async (outcome) => ({ outcome, state: await state() })

  const page: Action = async (request) =>
    pageReply(path, (await state()).title, messagesFor(language ? [language] : accepted(request), messages))
  const pages: Actions = {
    // Frameworks differ in whether they take the last slash away, or add it.
    'GET ': page,
    'GET /': page,
    'GET /panel.js': async () => contentReply('text/javascript; charset=utf-8', elementSource),
    'GET /page.css': async () => contentReply('text/css; charset=utf-8', pageStyle),
  }
  const actions: Actions = {
    'GET /state': async () => jsonReply(await state()),
    'GET /messages': async (request) => jsonReply(messagesFor(wantedLanguages(request), messages)),
    ...licenseActions(client, reply),
    ...updateActions(client, reply, downloadDirectory),
    ...(components !== false && componentActions(client, reply, components === true ? {} : components)),
  }

  async function serve(request: Request): Promise<Response> {
    await gate.admit(request)
    const place = placeOf(new URL(request.url).pathname, path)
    const name = `${request.method} ${place}`
    const show = pages[name]
    if (show) return show(request)
    const action = actions[name]
    if (!action) throw unservable(place)
    gate.requireOwnPage(request)
    return action(request)
  }

  function unservable(place: string): PanelError {
    const names = [pages, actions].flatMap(Object.keys).filter((name) => name.endsWith(` ${place}`))
    const allow = names.map((name) => name.slice(0, name.indexOf(' '))).join(', ')
    return allow === '' ? new PanelError('not-found') : new PanelError('wrong-method', { allow })
  }

  return async (request) => {
    try {
      return await serve(request)
    } catch (error) {
      // What went wrong may hold anything, so that nothing of it is told to whoever asked.
      return errorReply(error instanceof PanelError ? error : new PanelError('failed'))
    }
  }
}

/** Where in the panel a path leads. Throws a PanelError for one beside it. */
function placeOf(pathname: string, mountedAt: string): string {
  if (pathname !== mountedAt && !pathname.startsWith(`${mountedAt}/`)) throw new PanelError('not-found')
  return pathname.slice(mountedAt.length)
}

/** The languages that the browser asks for; their weights stand in the order of most browsers, and no more is at stake. */
function accepted(request: Request): readonly string[] {
  return (request.headers.get('accept-language') ?? '').split(',').map((range) => range.split(';')[0] ?? '')
}

/** The languages that the element wants, the best first. */
function wantedLanguages(request: Request): readonly string[] {
  return (new URL(request.url).searchParams.get('languages') ?? '').split(',')
}
