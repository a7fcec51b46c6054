import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Delay, EmulatorOptions, Fault } from '../../src/emulator/index.js'
import { hubUnderTest, keys, request } from './hub-under-test.js'

async function listening(
  options: EmulatorOptions,
  use: (hub: ReturnType<typeof hubUnderTest>, url: string) => Promise<void>,
) {
  const hub = hubUnderTest(options)
  const { url, close } = await hub.emulator.listen()
  try {
    await use(hub, url)
  } finally {
    await close()
  }
}

const post = (url: string, body: object = request, init: RequestInit = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...init })

describe('over loopback', () => {
  it('answers as without a network, and knows its peer', async () => {
    await listening({}, async ({ emulator }, url) => {
      const response = await post(`${url}/license/activate`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('keep-alive')).toBe('timeout=5')
      expect(await response.json()).toMatchObject({ status: 'active' })
      expect(emulator.arrivals).toMatchObject([{ remoteAddress: '127.0.0.1', status: 200, userAgent: 'node' }])
    })
  })

  it('starts again on the same port with the same state', async () => {
    const { emulator } = hubUnderTest()
    const first = await emulator.listen()
    await post(`${first.url}/license/activate`)
    await first.close()
    await first.close()
    await expect(post(`${first.url}/license/verify`)).rejects.toThrow('fetch failed')
    const second = await emulator.listen({ port: first.port })
    const { status } = (await (await post(`${second.url}/license/verify`)).json()) as { status: string }
    await second.close()
    expect([second.url, status]).toEqual([first.url, 'active'])
  })

  it('says when a port is taken', async () => {
    await listening({}, async ({ emulator }, url) => {
      const port = Number(new URL(url).port)
      await expect(emulator.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    })
  })

  it('redirects a trailing slash to an absolute URL of the host that was named', async () => {
    await listening({}, async (_, url) => {
      const response = await post(`${url}/license/verify/`, request, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([307, `${url}/license/verify`])
    })
  })

  it('serves redirected downloads from a second port that knows nothing else', async () => {
    await listening({ downloads: { delivery: 'redirect' } }, async (_, url) => {
      await post(`${url}/license/activate`)
      const response = await post(`${url}/update/download`, { ...request, version: '1.5.0' }, { redirect: 'manual' })
      const location = new URL(response.headers.get('location') ?? '')
      expect(location.port).not.toBe(new URL(url).port)
      expect((await (await fetch(location)).arrayBuffer()).byteLength).toBeGreaterThan(262_144)
      expect((await post(`${location.origin}/api/v1/license/verify`)).status).toBe(404)
    })
  })

  it('gives the host of files a name of its own, and shows all that it was sent', async () => {
    await listening({ downloads: { delivery: 'redirect', host: 'localhost' } }, async ({ emulator }, url) => {
      await post(`${url}/license/activate`)
      const careless = { ...request, version: '1.5.0' }
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${keys.starter}` }
      const response = await post(`${url}/update/download`, careless, { redirect: 'manual', headers })
      const location = response.headers.get('location') ?? ''
      expect(location).toMatch(/^http:\/\/localhost:\d+\/files\//)
      expect(emulator.fileRequests).toEqual([])
      await post(location, careless, { headers })
      expect(emulator.fileRequests).toMatchObject([
        { method: 'POST', url: location, headers: { authorization: `Bearer ${keys.starter}` } },
      ])
      expect(JSON.parse(emulator.fileRequests[0]?.body ?? '')).toEqual(careless)
      emulator.clearFileRequests()
      expect(emulator.fileRequests).toEqual([])
    })
  })

  it('refuses a body that is far too long', async () => {
    await listening({}, async (_, url) => {
      expect((await post(`${url}/license/verify`, { padding: 'x'.repeat(1_100_000) })).status).toBe(413)
    })
  })

  it('answers HEAD without a body', async () => {
    await listening({}, async (_, url) => {
      const response = await fetch(new URL('/docs', url), { method: 'HEAD' })
      expect([response.status, await response.text()]).toEqual([200, ''])
    })
  })

  it('survives a request line that is no URL', async () => {
    await listening({}, async (_, url) => {
      const { port } = new URL(url)
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET // HTTP/1.1\r\nHost: [\r\n\r\n'))
        socket.once('close', () => resolve())
        socket.once('error', reject)
        socket.resume()
      })
      expect((await post(`${url}/license/verify`)).status).toBe(200)
    })
  })
})

describe('a client that hangs up', () => {
  it('ends the latency that it waited for', async () => {
    const events = new EventTarget()
    const heard = (name: string) => new Promise((resolve) => events.addEventListener(name, resolve, { once: true }))
    const delay: Delay = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          events.dispatchEvent(new Event('ended'))
          reject(signal.reason)
        })
        events.dispatchEvent(new Event('began'))
      })
    const { emulator } = hubUnderTest({ delay })
    const { url, close } = await emulator.listen()
    const began = heard('began')
    const ended = heard('ended')
    emulator.faults.inject({ kind: 'latency', ms: 3_600_000 })
    const abort = new AbortController()
    const pending = post(`${url}/license/verify`, request, { signal: abort.signal })
    const failed = expect(pending).rejects.toMatchObject({ name: 'AbortError' })
    await began
    abort.abort()
    await ended
    await failed
    await close()
  })
})

describe('faults over loopback', () => {
  it.each(['before', 'after'] as const)('break the connection %s the work', async (when) => {
    await listening({}, async ({ emulator }, url) => {
      emulator.faults.inject({ kind: 'drop', when, times: 1 })
      await expect(post(`${url}/license/activate`)).rejects.toThrow('fetch failed')
      const license = emulator.licenses().find(({ key }) => key === keys.starter)
      expect(license?.activations).toHaveLength(when === 'after' ? 1 : 0)
    })
  })

  it('cut a body after the bytes that they let through', async () => {
    await listening({}, async ({ emulator }, url) => {
      emulator.faults.inject({ kind: 'truncated-body', bytes: 20 })
      const response = await post(`${url}/license/verify`)
      const reader = response.body?.getReader()
      expect((await reader?.read())?.value).toHaveLength(20)
      await expect(reader?.read()).rejects.toThrow('terminated')
    })
  })

  it('pack a bomb that a client unpacks', async () => {
    await listening({}, async ({ emulator }, url) => {
      emulator.faults.inject({ kind: 'gzip-bomb', bytes: 3_000_000 })
      expect((await (await post(`${url}/license/verify`)).arrayBuffer()).byteLength).toBe(3_000_000)
    })
  })

  it.each<Fault>([{ kind: 'silence' }, { kind: 'endless-body' }, { kind: 'slow-body' }])(
    'let the server close in the middle of $kind',
    async (fault) => {
      const { emulator } = hubUnderTest()
      const { url, close } = await emulator.listen()
      const arrived = new Promise<void>((resolve) => {
        emulator.faults.inject({
          kind: 'respond',
          respond: (_, answer) => {
            resolve()
            return answer()
          },
        })
      })
      emulator.faults.inject(fault)
      const pending = post(`${url}/license/verify`).then((response) => response.text())
      const failed = expect(pending).rejects.toThrow(TypeError)
      await arrived
      await close()
      await failed
    },
  )
})
