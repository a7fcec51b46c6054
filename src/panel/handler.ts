import type { CheckUpdatesOutcome, LicenseClient } from '../index.js'
import { elementSource } from './element-source.js'
import { createGate } from './gate.js'
import { readJsonBody, textMember } from './json-body.js'
import { messagesFor } from './messages/catalog.js'
import type { PanelOptions } from './options.js'
import { pageReply, pageStyle } from './page.js'
import { PanelError } from './panel-error.js'
import { readPanelState } from './read-panel-state.js'
import { contentReply, errorReply, jsonReply } from './replies.js'
import { requirePanelOptions } from './require-options.js'

/** A Web-standard handler: it mounts in Hono, Next, Bun and Deno as it is, elsewhere with `toNodeListener`. */
export type PanelHandler = (request: Request) => Promise<Response>

/** What the panel's own page may ask, by method and path. */
type Action = (request: Request) => Promise<Response>

/**
 * The activation panel of a product: a page, the custom element on it, and what the element asks.
 *
 * Everything that it serves passes `authorize` and the list of hosts. It never returns the license key.
 *
 * @throws TypeError when `authorize` or `hosts` is missing: no default would be safe.
 */
export function createPanelHandler(client: LicenseClient, options: PanelOptions): PanelHandler {
  const { hosts, authorize, path = '', title = null, language, messages = {} } = requirePanelOptions(options)
  const gate = createGate(hosts, authorize)
  const terms = {
    title,
    renewUrl: options.renewUrl ?? null,
  }
  const state = () => readPanelState(client, terms)
  /** An action's outcome, with what the license is like after it. */
  const reply = async (outcome: unknown) => jsonReply({ outcome, state: await state() })

  const pages: Readonly<Record<string, (request: Request) => Response>> = {
    '/': (request) =>
      pageReply(title ?? client.status().domain, language ?? messagesFor(accepted(request), messages).language),
    '/panel.js': () => contentReply('text/javascript; charset=utf-8', elementSource),
    '/page.css': () => contentReply('text/css; charset=utf-8', pageStyle),
  }
  const actions: Readonly<Record<string, Action>> = {
    'GET /state': async () => jsonReply(await state()),
    'GET /messages': async (request) => jsonReply(messagesFor(wantedLanguages(request), messages)),
    'GET /diagnostics': async () => jsonReply(await client.explain()),
    'POST /activate': async (request) =>
      reply(await client.activate(textMember(await readJsonBody(request), 'licenseKey'), { signal: request.signal })),
    'POST /deactivate': async (request) => {
      await readJsonBody(request)
      return reply(await client.deactivate({ signal: request.signal }))
    },
    'POST /check': async (request) => {
      await readJsonBody(request)
      return reply(await client.verify({ fresh: true, signal: request.signal }))
    },
    'POST /updates': async (request) => {
      await readJsonBody(request)
      const outcome: CheckUpdatesOutcome = await client.checkUpdates({ signal: request.signal })
      return reply(outcome)
    },
  }

  async function serve(request: Request): Promise<Response> {
    await gate.admit(request)
    const place = placeOf(new URL(request.url).pathname, path)
    const page = pages[place]
    if (page) {
      if (request.method !== 'GET') throw new PanelError('wrong-method')
      return page(request)
    }
    const action = actions[`${request.method} ${place}`]
    if (!action) throw new PanelError(isKnown(place) ? 'wrong-method' : 'not-found')
    gate.requireOwnPage(request)
    return action(request)
  }

  const isKnown = (place: string) => Object.keys(actions).some((name) => name.endsWith(` ${place}`))

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
  if (!pathname.startsWith(`${mountedAt}/`)) throw new PanelError('not-found')
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
