import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPanelHandler, toNodeListener } from '../../src/panel/index.js'
import { createTestbed, type Testbed } from '../../src/testing/index.js'
import { collectGarbage } from '../support/collect-garbage.js'

interface Served {
  readonly bed: Testbed
  readonly host: string
  /** Sends bytes as they are, which no HTTP client would, and answers all that comes back on the connection. */
  send(...parts: readonly (string | Uint8Array)[]): Promise<string>
}

type Middleware = (request: IncomingMessage, next: () => void) => void

/** @param middleware - Stands in front of the panel, as `express.json()` may. */
async function servedPanel(authorize = () => true, middleware: Middleware = (_, next) => next()): Promise<Served> {
  const bed = createTestbed()
  await bed.grantLicense()
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const panel = createPanelHandler(bed.license, { authorize, hosts: [host], path: '/license' })
  const listener = toNodeListener(panel)
  server.on('request', (request, response) => middleware(request, () => listener(request, response)))
  bed.hub.clearArrivals()
  return {
    bed,
    host,
    send(...parts) {
      const socket = connect(port, '127.0.0.1')
      for (const part of parts) socket.write(part)
      return text(socket)
    },
  }
}

const own = ['X-Flavor-License-Panel: 1', 'Content-Type: application/json']

/** The head of a request that the server is to answer and then hang up. */
const head = (line: string, ...headers: readonly string[]) =>
  [`${line} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n')

const statuses = (answer: string) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status))

describe('an address that is written in another way', () => {
  it.each([
    ['names another host by two slashes', '//evil.example/license/state', 404],
    ['names another host by a backslash', '/\\evil.example/license/state', 404],
    ['names another host in full', 'http://evil.example/license/state', 400],
    ['names nothing', '//', 404],
    ['names everything', '*', 400],
    ['climbs out of the panel', '/license/../state', 404],
    ['climbs out of it in disguise', '/license/%2e%2e/state', 404],
    ['climbs out of it in half a disguise', '/license/.%2E/state', 404],
    ['doubles a slash', '/license//state', 404],
    ['hides a slash', '/license%2fstate', 404],
    ['hides a slash at its end', '/license/state%2F', 404],
    ['ends in a slash', '/license/state/', 404],
    ['hides a letter', '/license/%73tate', 404],
    ['ends in nothing', '/license/state%00', 404],
    ['takes capitals', '/LICENSE/state', 404],
    ['begins like the panel', '/licenses/state', 404],
    ['is what every object has', '/license/__proto__', 404],
    ['is what every object has made it', '/license/constructor', 404],
  ])('leads nowhere: it %s', async (_, path, status) => {
    const { host, send } = await servedPanel()
    expect(statuses(await send(head(`GET ${path}`, `Host: ${host}`, ...own)))).toEqual([status])
  })

  it('is the same to whoever may not manage the license', async () => {
    const { host, send } = await servedPanel(() => false)
    for (const path of [
      '/license/state',
      '/license\\state',
      '/x/../license/state',
      '/license/nowhere',
      '/license',
      '/nowhere',
    ]) {
      expect(statuses(await send(head(`GET ${path}`, `Host: ${host}`, ...own)))).toEqual([401])
    }
  })
})

describe('a host', () => {
  it.each([
    ['is named twice', (host: string) => [`Host: ${host}`, 'Host: evil.example']],
    ['is named twice, ours last', (host: string) => ['Host: evil.example', `Host: ${host}`]],
    ['is named for a proxy', (host: string) => ['Host: evil.example', `X-Forwarded-Host: ${host}`]],
    ['is a user of another', (host: string) => [`Host: ${host}@evil.example`]],
    ['ends in a dot', (host: string) => [`Host: ${host}.`]],
    ['is none', () => ['Host: [']],
  ])('is not ours when it %s', async (_, headers) => {
    const { host, send } = await servedPanel()
    const answer = await send(head('GET /license/state', ...headers(host), ...own))
    expect([400, 403]).toContain(statuses(answer)[0])
    expect(answer).not.toContain('verdict')
  })
})

describe('a method', () => {
  it.each([
    ['HEAD', '/license/', 'GET'],
    ['OPTIONS', '/license/activate', 'POST'],
    ['PUT', '/license/activate', 'POST'],
    ['DELETE', '/license/state', 'GET'],
    ['PROPFIND', '/license/', 'GET'],
    ['GET', '/license/deactivate', 'POST'],
  ])('that an address does not know is told what it knows: %s %s', async (method, path, allowed) => {
    const { host, send } = await servedPanel()
    // A preflight of a page that would like to send what only our own page may.
    const preflight = [`Origin: http://${host}`, 'Access-Control-Request-Method: POST']
    const answer = await send(head(`${method} ${path}`, `Host: ${host}`, ...preflight, ...own))
    expect(statuses(answer)).toEqual([405])
    expect(answer).toMatch(new RegExp(`^allow: ${allowed}\r$`, 'im'))
    expect(answer).not.toMatch(/^access-control/im)
    if (method === 'HEAD') expect(answer).toMatch(/\r\n\r\n$/)
  })

  it('that a Web request cannot have is refused', async () => {
    const { host, send } = await servedPanel()
    expect(statuses(await send(head('TRACE /license/state', `Host: ${host}`, ...own)))).toEqual([400])
  })

  it.each([
    ['in a header', '/license/deactivate', ['X-HTTP-Method-Override: POST', 'X-Method-Override: POST']],
    ['in the address', '/license/deactivate?_method=POST', []],
  ])('is not overridden: %s', async (_, path, headers) => {
    const { bed, host, send } = await servedPanel()
    expect(statuses(await send(head(`GET ${path}`, `Host: ${host}`, ...headers, ...own)))).toEqual([405])
    expect(bed.hub.arrivals).toEqual([])
  })
})

describe('a body', () => {
  const post = (host: string, length: string) =>
    head('POST /license/activate', `Host: ${host}`, ...own, `Content-Length: ${length}`)

  it('that is too large is answered, and no more of it is kept', async () => {
    const { bed, host, send } = await servedPanel()
    const body = JSON.stringify({ licenseKey: 'x'.repeat(100_000) })
    const answer = await send(post(host, String(body.length)), body)
    expect(statuses(answer)).toEqual([413])
    expect(answer).toContain('too-large')
    expect(bed.hub.arrivals).toEqual([])
  })

  it('whose length nobody stated is counted', async () => {
    const { host, send } = await servedPanel()
    const chunk = `400\r\n${'x'.repeat(0x400)}\r\n`
    const chunked = head('POST /license/activate', `Host: ${host}`, ...own, 'Transfer-Encoding: chunked')
    expect(statuses(await send(chunked, chunk.repeat(64), '0\r\n\r\n'))).toEqual([413])
  })

  it('that nobody read does not stand in the way of the next request', async () => {
    const { host, send } = await servedPanel(() => false)
    const body = JSON.stringify({ licenseKey: 'x'.repeat(100_000) })
    const first = post(host, String(body.length)).replace('Connection: close\r\n', '')
    const answer = await send(first, body, head('GET /license/state', `Host: ${host}`, ...own))
    expect(statuses(answer)).toEqual([401, 401])
  })

  it('that a parser in front has read is taken from there', async () => {
    const parser: Middleware = async (request, next) => {
      Object.assign(request, { body: JSON.parse(await text(request)) })
      next()
    }
    const { host, send } = await servedPanel(() => true, parser)
    const activate = (licenseKey: string) => {
      const body = JSON.stringify({ licenseKey })
      return send(post(host, String(body.length)), body)
    }
    expect(await activate('hello')).toContain('invalid-key')
    expect(statuses(await activate('x'.repeat(5_000)))).toEqual([413])
  })

  it('with two lengths is none', async () => {
    const { host, send } = await servedPanel()
    const smuggling = head(
      'POST /license/check',
      `Host: ${host}`,
      ...own,
      'Content-Length: 2',
      'Transfer-Encoding: chunked',
    )
    expect(statuses(await send(smuggling, '0\r\n\r\nGET /license/state HTTP/1.1\r\n\r\n'))).toEqual([400])
  })

  it.each([
    ['broken UTF-8', Buffer.from('{"licenseKey":"\xff\xfe"}', 'latin1')],
    ['half a character', Buffer.from('{"licenseKey":"\xe2\x82"}', 'latin1')],
    ['UTF-16', Buffer.from('{"licenseKey":"x"}', 'utf16le')],
    ['nothing', Buffer.alloc(0)],
    ['two objects', Buffer.from('{"licenseKey":"x"}{}')],
  ])('of %s is refused', async (_, body) => {
    const { bed, host, send } = await servedPanel()
    const answer = await send(post(host, String(body.length)), body)
    expect(statuses(answer)).toEqual([400])
    expect(answer).toContain('malformed')
    expect(bed.hub.arrivals).toEqual([])
  })

  it('changes no other object', async () => {
    const { bed, host, send } = await servedPanel()
    const body = '{"licenseKey":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    expect(statuses(await send(post(host, String(body.length)), body))).toEqual([200])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(bed.license.status().state).toBe('licensed')
  })
})

describe('somebody who goes away', () => {
  it('ends what was begun, however much of the request has been forgotten by then', { timeout: 10_000 }, async () => {
    const moments = new EventEmitter()
    const [begun, ended] = [once(moments, 'begun'), once(moments, 'ended')]
    const listener = toNodeListener(async ({ signal }) => {
      signal.addEventListener('abort', () => moments.emit('ended'))
      moments.emit('begun')
      return new Promise(() => undefined)
    })
    const server = createServer(listener).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.write(head('GET /license/state', 'Host: localhost'))
    await begun
    await collectGarbage()
    socket.destroy()
    await ended
  })
})
