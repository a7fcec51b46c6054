import type { DownloadProgress } from '../../domain/download/download.js'
import type { PanelMessages } from '../messages/panel-messages.js'
import type { PanelFailure, PanelPath, PanelProgress, PanelReply } from '../panel-api.js'

export interface Catalog {
  readonly language: string
  readonly messages: PanelMessages
}

export interface PostOptions {
  readonly body?: object
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
}

/** Whoever looks at the panel may not manage the license, or not any more. */
export class SignedOut extends Error {}

/** The handler's own no, in words that are fit for whoever looks at the panel. */
export class RequestRefused extends Error {}

/** The panel's way to the handler that serves it. Rejects when that cannot be reached or does not want to be. */
export interface Connection {
  get<Answer>(path: string): Promise<Answer>
  post<Path extends PanelPath>(path: Path, options?: PostOptions): Promise<PanelReply<Path>>
}

/** @param endpoint - Where the handler is mounted. */
export function connect(endpoint: URL): Connection {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(new URL(path, endpoint), {
      ...init,
      headers: { 'x-flavor-license-panel': '1', 'content-type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
    })
    if (response.ok) return response
    // The product's own login may stand in front of the handler, and says so in a page of its own.
    if (response.status === 401) throw new SignedOut()
    return fail(await response.json())
  }

  return {
    get: async (path) => (await send(path, {})).json(),
    async post<Path extends PanelPath>(path: Path, { body = {}, signal, onProgress }: PostOptions = {}) {
      const init = { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) }
      let reply: PanelReply<Path> | undefined
      for await (const line of linesOf<PanelReply<Path>>(await send(path, init))) {
        if ('progress' in line) onProgress?.(line.progress)
        else if ('error' in line) fail(line)
        else reply = line
      }
      if (reply) return reply
      throw new Error('The answer broke off.')
    },
  }
}

async function* linesOf<Reply>({ body }: Response): AsyncGenerator<Reply | PanelProgress | PanelFailure> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
    const lines = (rest + chunk.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
  if (rest !== '') yield JSON.parse(rest)
}

function fail({ error }: PanelFailure): never {
  throw new RequestRefused(error.message)
}
