import { type Asking, askWithinLimits } from '../asking/ask-within-limits.js'
import type { PortalReader } from '../protocol/exchange/portal/reading.js'
import { encodeJson } from '../protocol/json.js'
import { type PortalReply, portalReply } from './outcomes.js'
import type { PortalCategory, PortalRouteName, PortalSettings } from './settings.js'

/** One request to the portal. */
export interface PortalRequest<Answer> {
  readonly route: PortalRouteName
  /** What stands for `{id}` and `{domain}` in the path. */
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly read: PortalReader<Answer>
}

/** When a call ends with or without an answer, and what ends it early. */
export interface CallTerms {
  /** Monotonic milliseconds. */
  readonly endsAt: number
  readonly signal?: AbortSignal | undefined
}

/** Sends requests within the hub's limits. `headers` say who asks. */
export type HubLine = <Answer>(
  request: PortalRequest<Answer>,
  headers: Readonly<Record<string, string>>,
  terms: CallTerms,
) => Promise<PortalReply<Answer>>

/** A list of ten thousand licenses, bare and in one piece, is a few megabytes. */
const maxAnswerBytes = 16 * 1024 * 1024

export function createHubLine(
  settings: PortalSettings,
  asking: Omit<Asking<PortalCategory>, 'limits' | 'onRequest'>,
): HubLine {
  const { hub, limits, routes, userAgent } = settings
  return async ({ route, path = {}, query = {}, body, read }, headers, { endsAt, signal }) => {
    const { method, path: template, category } = routes[route]
    const sentAt = asking.clock.now()
    const reply = await askWithinLimits(
      { ...asking, limits, onRequest: () => undefined },
      {
        category: category ?? 'portal',
        request: {
          method,
          url: `${hub}${filled(template, path)}${queryString(query)}`,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            ...(body && { 'content-type': 'application/json' }),
            'user-agent': userAgent,
            ...headers,
          },
          body: body ? encodeJson(body) : null,
          maxBytes: maxAnswerBytes,
        },
        read,
        deadlineMs: Math.max(1, endsAt - asking.clock.monotonic()),
        signal,
        priority: 'interactive',
      },
    )
    return portalReply(reply, sentAt)
  }
}

function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(values[name] ?? whole))
}

function queryString(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}
