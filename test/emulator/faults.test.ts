import { describe, expect, it, vi } from 'vitest'
import { type Delay, EmulatorFaultError, type Fault } from '../../src/emulator/index.js'
import { hubUnderTest, keys } from './hub-under-test.js'

const activationsOf = (hub: ReturnType<typeof hubUnderTest>) =>
  hub.emulator.licenses().find(({ key }) => key === keys.starter)?.activations.length

describe('a fault', () => {
  it('hits its route alone, as often as it says, until it is cleared', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ route: 'verify', kind: 'status', status: 500, times: 2 })
    expect((await post('/license/activate')).status).toBe(200)
    expect((await post('/license/verify')).status).toBe(500)
    expect((await post('/license/verify')).status).toBe(500)
    expect((await post('/license/verify')).status).toBe(200)
    emulator.faults.inject({ kind: 'status', status: 502 })
    expect((await post('/license/verify')).status).toBe(502)
    expect((await emulator.fetch('https://hub.example/unknown')).status).toBe(502)
    emulator.faults.clear()
    expect((await post('/license/verify')).status).toBe(200)
  })

  it('combines with others, the first one outermost', async () => {
    const waited: number[] = []
    const delay: Delay = async (ms) => void waited.push(ms)
    const { post, emulator } = hubUnderTest({ delay })
    emulator.faults.inject({ kind: 'latency', ms: 250 })
    emulator.faults.inject({ kind: 'content-type', contentType: 'text/html' })
    const response = await post('/license/verify')
    expect(waited).toEqual([250])
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(await response.json()).toMatchObject({ status: 'inactive' })
  })
})

describe('a fault that there cannot be', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'A fault names its kind. The faults are: latency, silence, '],
    ['a kind alone', 'drop', 'A fault names its kind. '],
    ['another kind', { kind: 'dropp' }, 'There is no fault "dropp". The faults are: latency, silence, '],
    [
      'another route',
      { kind: 'drop', route: 'verfy' },
      'The fault drop is not usable: route must be one of *, files, ',
    ],
    ['no field', { kind: 'latency', msec: 3 }, 'The fault latency is not usable: ms is missing.'],
    [
      'another field',
      { kind: 'latency', ms: 3, time: 1 },
      'The fault latency is not usable: time is not one of the fields kind, route, after, times, ms.',
    ],
    ['a number as text', { kind: 'latency', ms: '3' }, 'The fault latency is not usable: ms must be a whole number.'],
    ['no program', { kind: 'respond', respond: 'no' }, 'The fault respond is not usable: respond must be a function.'],
  ])('is refused when it is injected: %s', async (_, fault, sentence) => {
    const { emulator, post } = hubUnderTest()
    const inject = () => Reflect.apply(emulator.faults.inject, emulator.faults, [fault])
    expect(inject).toThrow(sentence)
    expect(inject).toThrow(EmulatorFaultError)
    expect((await post('/license/verify')).status).toBe(200)
  })

  it.each<Fault>([
    { kind: 'latency', ms: 0, route: undefined, after: undefined, times: undefined },
    { kind: 'status', route: 'licenseCreate', status: 500, body: undefined },
    { kind: 'respond', respond: (_, answer) => answer() },
  ])('is no fault of any route, nor one with a field left undefined: %j', (fault) => {
    expect(() => hubUnderTest().emulator.faults.inject(fault)).not.toThrow()
  })
})

describe('a connection that breaks', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the hub did its work', async (when, activations) => {
    const hub = hubUnderTest()
    hub.emulator.faults.inject({ kind: 'drop', when, times: 1 })
    await expect(hub.post('/license/activate')).rejects.toThrow(new TypeError('fetch failed'))
    expect(activationsOf(hub)).toBe(activations)
    expect(hub.emulator.arrivals).toMatchObject([{ route: 'activate', status: null }])
  })
})

describe('another answer', () => {
  it.each<[string, Fault, number, string | null, string]>([
    ['a captive portal', { kind: 'html' }, 200, 'text/html; charset=utf-8', '<form'],
    ['a proxy error page', { kind: 'html', status: 502, html: '<h1>Bad' }, 502, 'text/html; charset=utf-8', '<h1>Bad'],
    ['a crash', { kind: 'status', status: 500 }, 500, 'text/plain; charset=utf-8', 'Internal Server Error'],
    [
      'anything',
      { kind: 'status', status: 407, body: '{}', contentType: 'application/json' },
      407,
      'application/json',
      '{}',
    ],
    ['no content', { kind: 'status', status: 204 }, 204, null, ''],
    ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' }, 307, null, ''],
  ])('%s', async (_, fault, status, contentType, text) => {
    const hub = hubUnderTest()
    hub.emulator.faults.inject(fault)
    const response = await hub.post('/license/activate')
    expect([response.status, response.headers.get('content-type')]).toEqual([status, contentType])
    expect(await response.text()).toContain(text)
    expect(activationsOf(hub)).toBe(0)
  })

  it('may come after the hub did its work', async () => {
    const hub = hubUnderTest()
    hub.emulator.faults.inject({ kind: 'html', status: 504, when: 'after' })
    expect((await hub.post('/license/activate')).status).toBe(504)
    expect(activationsOf(hub)).toBe(1)
  })

  it('may be made from what the hub would say', async () => {
    const hub = hubUnderTest()
    hub.emulator.faults.inject({
      kind: 'respond',
      respond: async (request, answer) => {
        const asked = (await request.json()) as { domain: string }
        const said = (await (await answer()).json()) as object
        return Response.json({ ...said, domain: `not-${asked.domain}` })
      },
    })
    expect((await hub.postJson('/license/activate')).body).toMatchObject({ domain: 'not-mysite.com', status: 'active' })
  })
})

describe('a body that is wrong', () => {
  it('is cut in the middle, its length still stated', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'truncated-body', bytes: 20 })
    const response = await post('/license/verify')
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(20)
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(20)
    await expect(reader?.read()).rejects.toThrow(TypeError)
  })

  it('ends too early as if it were whole', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'truncated-body', ending: 'clean' })
    const text = await (await post('/license/verify')).text()
    expect(text).toMatch(/^\{"license_key"/)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })

  it('is empty under the right headers', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'empty-body' })
    const response = await post('/license/verify')
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '',
    ])
  })

  it('drips at its pace', async () => {
    const delay = vi.fn<Delay>(async () => {})
    const { post, emulator } = hubUnderTest({ delay })
    emulator.faults.inject({ kind: 'slow-body', bytes: 100, everyMs: 40 })
    const text = await (await post('/license/verify')).text()
    expect(JSON.parse(text)).toMatchObject({ status: 'inactive' })
    expect(delay.mock.calls.map(([ms]) => ms)).toEqual(Array(Math.ceil(text.length / 100)).fill(40))
  })

  it('never ends, and costs nothing while nobody reads', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'endless-body' })
    const reader = (await post('/license/verify')).body?.getReader()
    let read = 0
    while (read < 1_000_000) read += (await reader?.read())?.value?.byteLength ?? 0
    await reader?.cancel()
    expect(read).toBeGreaterThanOrEqual(1_000_000)
  })

  it('unpacks to far more than came over the wire', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'gzip-bomb', bytes: 5_000_000 })
    const response = await post('/license/verify')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await response.arrayBuffer()).byteLength).toBe(5_000_000)
  })

  it('comes behind a huge header', async () => {
    const { post, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'huge-header', bytes: 100_000 })
    expect((await post('/license/verify')).headers.get('x-padding')).toHaveLength(100_000)
  })
})

describe('a caller that gives up', () => {
  it.each<Fault>([{ kind: 'silence' }, { kind: 'latency', ms: 3_600_000 }])('is let go from $kind', async (fault) => {
    const { emulator } = hubUnderTest()
    emulator.faults.inject(fault)
    const abort = new AbortController()
    const pending = emulator.fetch('https://hub.example/api/v1/license/verify', {
      method: 'POST',
      signal: abort.signal,
    })
    abort.abort()
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
    await expect(emulator.fetch('https://hub.example/', { signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
