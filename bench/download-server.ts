/** A hub with one large file, in a process of its own. Counts the bytes of it that it has sent. */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createEmulator } from '../src/emulator/index.js'

const blockBytes = 1_048_576
const [blocks] = process.argv.slice(2).map(Number)
if (blocks === undefined) throw new Error('How many blocks?')
const size = blocks * blockBytes
const block = randomBytes(blockBytes)
const hash = createHash('sha256')
for (let index = 0; index < blocks; index += 1) hash.update(block)
const sha256 = hash.digest('hex')
const etag = `"${sha256}"`
let sent = 0

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0
const origin = `http://127.0.0.1:${port}`
const emulator = createEmulator({ baseUrl: `${origin}/api/v1`, signing: false, rateLimit: { strategy: 'off' } })
process.send?.({ origin, size, sha256 })
process.on('message', () => process.send?.({ sent }))
process.on('disconnect', () => process.exit())

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = request
  if (url === '/file' || url.endsWith('/update/download')) return sendFile(headers.range, response)
  const init = { method, headers: { 'content-type': 'application/json' }, body: await text(request) }
  const answered = await emulator.fetch(`${origin}${url}`, init)
  response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text())
}

async function sendFile(range: string | undefined, response: ServerResponse): Promise<void> {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  const part = { 'content-length': size - from, etag }
  if (range === undefined) response.writeHead(200, part)
  else response.writeHead(206, { ...part, 'content-range': `bytes ${from}-${size - 1}/${size}` })
  for (let position = from; position < size && !response.destroyed; ) {
    const bytes = block.subarray(position % blockBytes)
    position += bytes.length
    sent += bytes.length
    if (!response.write(bytes)) await writable(response)
  }
  response.end()
}

/** Resolves when there is room again, or nobody who reads. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle)
      resolve()
    }
    response.on('drain', settle).on('close', settle)
  })
}
