import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createEmulator } from '../src/emulator/index.js'
import { manySiteLicense } from '../test/support/many-site-license.js'
import { type Hub, silentPath } from './hub.js'

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
const hub: Hub = { url: `${origin}/api/v1`, trustedKeys: {}, licenseKey: manySiteLicense.key }
const emulator = createEmulator({ baseUrl: hub.url, rateLimit: { strategy: 'off' } })
emulator.addLicense(manySiteLicense)
process.send?.({ ...hub, trustedKeys: emulator.keys })
process.on('disconnect', () => process.exit())

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request
  const body = await text(request)
  if (url.endsWith(silentPath)) return
  const answered = await emulator.fetch(`${origin}${url}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body,
  })
  response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text())
}
