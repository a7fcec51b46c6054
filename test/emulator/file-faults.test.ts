import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/emulator/index.js'
import { collectGarbage } from '../support/collect-garbage.js'
import { type HubUnderTest, hubUnderTest } from './hub-under-test.js'

const file = 'The whole file, all of it.'

async function hubWithFile(options = {}): Promise<HubUnderTest> {
  const hub = hubUnderTest(options)
  await hub.post('/license/activate')
  hub.emulator.addRelease({ product: 'flavor-starter', version: '2.0.0', content: file })
  return hub
}

const download = ({ post }: HubUnderTest, headers: Record<string, string> = {}) =>
  post('/update/download', { version: '2.0.0' }, { headers })

async function beginningOf(response: Response, length: number): Promise<string> {
  const reader = response.body?.getReader()
  let text = ''
  while (text.length < length) text += new TextDecoder().decode((await reader?.read())?.value)
  await reader?.cancel()
  return text
}

describe('a download that goes wrong', () => {
  it.each<[Fault, string]>([
    [{ kind: 'short-body' }, 'The whole file, all of it'],
    [{ kind: 'short-body', bytes: 99 }, ''],
    [{ kind: 'long-body' }, 'The whole file, all of it.\0'],
    [{ kind: 'changed-byte' }, 'The whole fild, all of it.'],
    [{ kind: 'changed-byte', at: 0 }, 'Uhe whole file, all of it.'],
  ])('by %o is whole to all appearance', async (fault, text) => {
    const hub = await hubWithFile()
    const right = await download(hub)
    hub.emulator.faults.inject(fault)
    const wrong = await download(hub)
    expect([wrong.status, await wrong.text()]).toEqual([200, text])
    expect(wrong.headers.get('etag')).toBe(right.headers.get('etag'))
    expect(wrong.headers.get('content-length')).toBe(String(text.length))
  })

  it('states a length that is not its own', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'content-length', bytes: 99 })
    const response = await download(hub)
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['99', file])
  })

  it('states a part that is not its own', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'content-range', contentRange: 'bytes 0-3/26' })
    const response = await download(hub, { range: 'bytes=10-' })
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
      206,
      'bytes 0-3/26',
      file.slice(10),
    ])
  })

  it('goes on for ever after the right bytes, with no length stated', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'endless-file' })
    const response = await download(hub)
    expect(response.headers.has('content-length')).toBe(false)
    const text = await beginningOf(response, 100_000)
    expect([text.slice(0, file.length), text.length >= 100_000]).toEqual([file, true])
  })

  it('stands still until the client gives up, however much of the request has been forgotten by then', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'stalled-body', bytes: 9 })
    const abort = new AbortController()
    const response = await hub.post('/update/download', { version: '2.0.0' }, { signal: abort.signal })
    const rest = expect(response.text()).rejects.toThrow('enough')
    await collectGarbage()
    abort.abort(new Error('enough'))
    await rest
  })

  it('stands still after some bytes, until the client gives up', async () => {
    const hub = await hubWithFile()
    const { url, close } = await hub.emulator.listen()
    hub.emulator.faults.inject({ kind: 'stalled-body', bytes: 9 })
    const abort = new AbortController()
    const response = await fetch(`${url}/update/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP',
        product_slug: 'flavor-starter',
        domain: 'mysite.com',
        version: '2.0.0',
      }),
      signal: abort.signal,
    })
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('The whole')
    expect(response.headers.get('content-length')).toBe(String(file.length))
    const rest = expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' })
    abort.abort()
    await rest
    await close()
  })

  it('is led round in a circle', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'redirect-loop', status: 302 })
    const response = await download(hub)
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'https://hub.example/api/v1/update/download',
    ])
  })

  it('gets the file of another component', async () => {
    const hub = await hubWithFile()
    const right = await (await hub.post('/components/card-payments/download', { version: '2.1.0' })).arrayBuffer()
    hub.emulator.faults.inject({
      kind: 'other-file',
      product: 'flavor-starter',
      component: 'card-payments',
      version: '2.1.0',
    })
    const wrong = await download(hub)
    expect(new Uint8Array(await wrong.arrayBuffer())).toEqual(new Uint8Array(right))
    expect(wrong.headers.get('content-disposition')).toContain('card-payments-2.1.0.zip')
  })

  it('gets the file of an older release', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'other-file', product: 'flavor-starter', version: '1.4.2' })
    expect((await download(hub)).headers.get('content-disposition')).toContain('flavor-starter-1.4.2.zip')
  })
})

describe('a file that is replaced between two parts', () => {
  it('is sent whole to a client that asks for the rest of the first', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'replaced-file', after: 1 })
    const first = await download(hub, { range: 'bytes=0-9' })
    expect([first.status, await first.text()]).toEqual([206, file.slice(0, 10)])
    const etag = first.headers.get('etag') ?? ''
    const rest = await download(hub, { range: 'bytes=10-', 'if-range': etag })
    expect(rest.status).toBe(200)
    expect(rest.headers.get('etag')).not.toBe(etag)
    expect(await rest.arrayBuffer()).toHaveProperty('byteLength', file.length)
  })

  it('is sent in part where the server does not heed If-Range', async () => {
    const hub = await hubWithFile()
    const etag = (await download(hub)).headers.get('etag') ?? ''
    hub.emulator.faults.inject({ kind: 'replaced-file' })
    hub.emulator.faults.inject({ kind: 'ignored-if-range' })
    const rest = await download(hub, { range: 'bytes=10-', 'if-range': etag })
    expect([rest.status, (await rest.arrayBuffer()).byteLength]).toEqual([206, file.length - 10])
  })

  it('is sent whole where the server does not heed Range', async () => {
    const hub = await hubWithFile()
    hub.emulator.faults.inject({ kind: 'ignored-range' })
    const whole = await download(hub, { range: 'bytes=10-' })
    expect([whole.status, await whole.text()]).toEqual([200, file])
  })
})

describe('the host of files', () => {
  it('has faults of its own, and lets as many requests pass as a fault says', async () => {
    const hub = await hubWithFile({ downloads: { delivery: 'redirect' } })
    hub.emulator.faults.inject({ route: 'files', kind: 'short-body', after: 1, times: 1 })
    const location = (await download(hub)).headers.get('location') ?? ''
    const texts: string[] = []
    for (let count = 0; count < 3; count += 1) texts.push(await (await hub.emulator.fetch(location)).text())
    expect(texts).toEqual([file, file.slice(0, -1), file])
    expect(hub.emulator.arrivals.map(({ route }) => route)).toEqual([
      'activate',
      'updateDownload',
      'files',
      'files',
      'files',
    ])
  })

  it('hands out another file when it was replaced before the redirect or after it', async () => {
    const hub = await hubWithFile({ downloads: { delivery: 'redirect' } })
    const followed = async (route: 'updateDownload' | 'files') => {
      hub.emulator.faults.inject({ route, kind: 'other-file', product: 'flavor-starter', version: '1.4.2' })
      const location = (await download(hub)).headers.get('location') ?? ''
      const response = await hub.emulator.fetch(location)
      hub.emulator.faults.clear()
      return response.headers.get('content-disposition')
    }
    expect(await followed('updateDownload')).toContain('1.4.2')
    expect(await followed('files')).toContain('1.4.2')
  })
})
