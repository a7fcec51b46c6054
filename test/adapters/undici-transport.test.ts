import { Agent, MockAgent } from 'undici'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import type { TransportResult } from '../../src/ports/transport.js'
import { selfSignedCertificate } from '../support/certificate.js'
import { connectProxy, type ProxyBehavior } from '../support/connect-proxy.js'
import { jsonBytes } from '../support/http-bytes.js'
import { secret, transportRequest } from '../support/transport-request.js'
import { type WireServer, type WireServerOptions, wireServer } from '../support/wire-server.js'

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']

async function server(options: WireServerOptions = {}): Promise<WireServer> {
  const opened = await wireServer({
    respond: (_request, socket) => void socket.write(jsonBytes(200, '{}')),
    ...options,
  })
  onTestFinished(() => opened.close())
  return opened
}

/** One request under an environment that names these proxies and no others. */
async function sendUnder(environment: Readonly<Record<string, string>>, url: string): Promise<TransportResult> {
  for (const name of proxyVariables) vi.stubEnv(name, environment[name])
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const transport = undiciTransport()
  onTestFinished(() => transport.close())
  return transport.send(transportRequest(url))
}

describe('the undici transport', () => {
  it('makes many connections without a complaint of Node in the name of the product', async () => {
    const complaints: Error[] = []
    const note = (warning: Error) => complaints.push(warning)
    process.on('warning', note)
    onTestFinished(() => void process.off('warning', note))
    const hub = await server({ respond: (_request, socket) => void socket.end(jsonBytes(200, '{}')) })
    const transport = undiciTransport()
    onTestFinished(() => transport.close())
    for (let turn = 0; turn < 15; turn += 1) {
      expect(await transport.send(transportRequest(hub.origin))).toMatchObject({ ok: true })
    }
    await new Promise((resolve) => setImmediate(resolve))
    expect(hub.connections.accepted).toBe(15)
    expect(complaints).toEqual([])
  })

  it('refuses a certificate that nobody vouches for, and sends nothing to its owner', async () => {
    const impostor = await server({ certificate: selfSignedCertificate('localhost') })
    const transport = undiciTransport()
    onTestFinished(() => transport.close())
    expect(await transport.send(transportRequest(impostor.origin))).toMatchObject({ ok: false, reason: 'tls-failed' })
    expect(impostor.requests).toEqual([])
  })

  it('refuses a trusted certificate of another host', async () => {
    const certificate = selfSignedCertificate('somewhere.example')
    const impostor = await server({ certificate })
    const agent = new Agent({ connect: { ca: certificate.cert, servername: 'hub.example' } })
    onTestFinished(() => agent.close())
    const result = await undiciTransport(agent).send(transportRequest(impostor.origin))
    expect(result).toMatchObject({ ok: false, reason: 'tls-failed' })
    expect(impostor.requests).toEqual([])
  })

  it('trusts a private certificate authority by an injected dispatcher', async () => {
    const certificate = selfSignedCertificate('hub.example')
    const hub = await server({ certificate })
    const agent = new Agent({ connect: { ca: certificate.cert } })
    onTestFinished(() => agent.close())
    expect(await undiciTransport(agent).send(transportRequest(hub.origin))).toMatchObject({ ok: true })
  })

  it('says that a name does not resolve', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
    const agent = new Agent({
      connect: { lookup: (_host, _options, callback) => void lookup().catch((error) => callback(error, [])) },
    })
    onTestFinished(() => agent.close())
    const result = await undiciTransport(agent).send(transportRequest('https://hub.example/api/v1/license/verify'))
    expect(result).toMatchObject({ ok: false, reason: 'name-not-resolved' })
  })

  it('asks through an injected dispatcher alone, and leaves it open', async () => {
    const agent = new MockAgent()
    onTestFinished(() => agent.close())
    agent.disableNetConnect()
    agent.get('https://hub.example').intercept({ path: '/verify', method: 'POST' }).reply(200, '{"a":1}').times(2)
    const transport = undiciTransport(agent)
    expect(await transport.send(transportRequest('https://hub.example/verify'))).toMatchObject({ ok: true })
    await transport.close()
    const other = undiciTransport(agent)
    expect(await other.send(transportRequest('https://hub.example/verify'))).toMatchObject({ ok: true })
  })

  it('leaves the dispatcher of the host process alone', async () => {
    const hub = await server()
    const global = Symbol.for('undici.globalDispatcher.1')
    const before = Reflect.get(globalThis, global)
    const transport = undiciTransport()
    await transport.send(transportRequest(hub.origin))
    await transport.close()
    expect(Reflect.get(globalThis, global)).toBe(before)
    expect(await fetch(hub.origin, { method: 'POST' })).toHaveProperty('status', 200)
  })
})

describe('the proxy of the environment', () => {
  const hubUrl = 'https://hub.example/api/v1/license/verify'

  async function proxy(behavior: ProxyBehavior): Promise<WireServer> {
    const opened = await connectProxy(behavior)
    onTestFinished(() => opened.close())
    return opened
  }

  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])('%s opens a tunnel to the hub', async (name) => {
    const impostor = await server({ certificate: selfSignedCertificate('hub.example') })
    const tunnel = await proxy({ tunnelTo: impostor.port })
    // The certificate is nobody's, so the way ends there: the proxy can neither read nor answer in place of the hub.
    expect(await sendUnder({ [name]: tunnel.origin }, hubUrl)).toMatchObject({ ok: false, reason: 'tls-failed' })
    expect(tunnel.requests).toMatchObject([{ method: 'CONNECT', target: 'hub.example:443' }])
    expect(JSON.stringify(tunnel.requests)).not.toContain(secret)
    expect(impostor.requests).toEqual([])
  })

  it('carries the credentials of its address', async () => {
    const guarded = await proxy({ status: 407 })
    await sendUnder({ HTTPS_PROXY: guarded.origin.replace('//', '//user:pass@') }, hubUrl)
    const credentials = `Basic ${Buffer.from('user:pass').toString('base64')}`
    expect(guarded.requests).toMatchObject([{ headers: { 'proxy-authorization': credentials } }])
  })

  it.each([407, 403, 502])('that answers %i is to blame', async (status) => {
    const unwilling = await proxy({ status })
    const result = await sendUnder({ HTTPS_PROXY: unwilling.origin }, hubUrl)
    expect(result).toMatchObject({ ok: false, reason: 'proxy-failed' })
    expect(unwilling.requests).toHaveLength(1)
  })

  it('that hangs up is to blame, and is asked once', async () => {
    const rude = await proxy('hang-up')
    expect(await sendUnder({ HTTPS_PROXY: rude.origin }, hubUrl)).toMatchObject({ ok: false, reason: 'proxy-failed' })
    expect(rude.connections.accepted).toBe(1)
  })

  it('that is not there is to blame', async () => {
    const gone = await proxy('hang-up')
    await gone.close()
    expect(await sendUnder({ HTTPS_PROXY: gone.origin }, hubUrl)).toMatchObject({ ok: false, reason: 'proxy-failed' })
  })

  it('whose address is nonsense is to blame', async () => {
    const result = await sendUnder({ HTTPS_PROXY: 'proxy:eighty' }, hubUrl)
    expect(result).toMatchObject({ ok: false, reason: 'proxy-failed' })
  })

  it('is passed by for the hosts of NO_PROXY', async () => {
    const tunnel = await proxy('hang-up')
    const hub = await server({ certificate: selfSignedCertificate('hub.example'), host: '0.0.0.0' })
    const environment = { HTTPS_PROXY: tunnel.origin, NO_PROXY: 'localhost,0.0.0.0' }
    // An address that is this machine and yet not loopback by its spelling.
    expect(await sendUnder(environment, hub.origin)).toMatchObject({ ok: false, reason: 'tls-failed' })
    expect(tunnel.connections.accepted).toBe(0)
    expect(hub.connections.accepted).toBe(1)
  })

  it('is passed by for a hub on loopback', async () => {
    const tunnel = await proxy('hang-up')
    const hub = await server()
    const environment = { HTTPS_PROXY: tunnel.origin, HTTP_PROXY: tunnel.origin }
    expect(await sendUnder(environment, hub.origin)).toMatchObject({ ok: true })
    expect(await sendUnder(environment, hub.origin.replace('127.0.0.1', 'localhost'))).toMatchObject({ ok: true })
    expect(tunnel.connections.accepted).toBe(0)
  })
})
