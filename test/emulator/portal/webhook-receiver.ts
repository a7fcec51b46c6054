import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { WireWebhookEvent } from '../../../src/protocol/wire/portal/webhook-event.js'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  readonly event: WireWebhookEvent
}

/** A real server that webhooks are delivered to. */
export interface WebhookReceiver {
  readonly url: string
  readonly received: readonly Received[]
  /** What the next deliveries are answered; 204 unless told otherwise. `break` breaks the connection. */
  answerWith(...answers: readonly (number | 'break')[]): void
  close(): Promise<void>
}

export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = []
  let answers: readonly (number | 'break')[] = []
  const server = createServer(async (request, response) => {
    const raw = await text(request)
    const { method = '', url = '', headers } = request
    received.push({ method, path: url, headers, raw, event: raw === '' ? undefined : JSON.parse(raw) })
    const [answer = 204, ...later] = answers
    answers = later
    if (answer === 'break') request.socket.destroy()
    else response.writeHead(answer, answer === 307 ? { location: '/elsewhere' } : {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith: (...next) => {
      answers = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
