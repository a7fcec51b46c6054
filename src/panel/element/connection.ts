import type { PanelMessages } from '../messages/panel-messages.js'
import type { PanelState } from '../panel-state.js'

/** What an action came to, in the library's words. */
export interface Outcome {
  readonly outcome?: string
  readonly state?: string
  readonly reason?: string
  readonly message?: string
  readonly retryAt?: number
  readonly version?: string
}

export interface Reply {
  readonly outcome: Outcome
  readonly state: PanelState
}

export interface Catalog {
  readonly language: string
  readonly messages: PanelMessages
}

/** The panel's way to the handler that serves it. Rejects when that cannot be reached or does not want to be. */
export interface Connection {
  get<Answer>(path: string): Promise<Answer>
  post(path: string, body?: object): Promise<Reply>
}

/** @param endpoint - Where the handler is mounted. */
export function connect(endpoint: URL): Connection {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, endpoint), {
      ...init,
      headers: { 'x-flavor-license-panel': '1', 'content-type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
    })
    if (response.ok) return response
    const { error } = await response.json()
    throw new Error(error.message)
  }

  const post = (path: string, body: object) => send(path, { method: 'POST', body: JSON.stringify(body) })

  return {
    get: async (path) => (await send(path)).json(),
    post: async (path, body = {}) => (await post(path, body)).json(),
  }
}
