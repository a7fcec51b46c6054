import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { compileParser } from '../../src/adapters/compile-parser.js'
import type { Transport } from '../../src/ports/transport.js'
import { jsonBytes } from '../support/http-bytes.js'
import { transportRequest } from '../support/transport-request.js'
import { type WireServer, wireServer } from '../support/wire-server.js'

/** A hub that answers, and a transport under which a module of undici cannot be loaded. */
async function without(module: string): Promise<{ readonly transport: Transport; readonly hub: WireServer }> {
  vi.resetModules()
  vi.doMock(module, () => {
    throw new Error('Cannot find module')
  })
  onTestFinished(() => void vi.doUnmock(module))
  const hub = await wireServer({ respond: (_request, socket) => void socket.write(jsonBytes(200, '{}')) })
  onTestFinished(() => hub.close())
  // Anew, since what is loaded is kept.
  const { undiciTransport } = await import('../../src/adapters/undici-transport.js')
  const transport = undiciTransport()
  onTestFinished(() => transport.close())
  return { transport, hub }
}

describe('undici', () => {
  // Whoever updates undici and sees this fail: the parts have moved, and each process now loads the whole.
  it('has its parts where they are looked for, in the version that is installed', async () => {
    const { transport, hub } = await without('undici')
    expect(await transport.send(transportRequest(`${hub.origin}/verify`))).toMatchObject({ ok: true })
  })

  it.each(['dispatcher/agent', 'core/connect', 'api/api-request'])(
    'is loaded as a whole in a version that has no %s',
    async (part) => {
      const { transport, hub } = await without(`undici/lib/${part}.js`)
      expect(await transport.send(transportRequest(`${hub.origin}/verify?a=b`))).toMatchObject({ ok: true })
      expect(hub.requests).toMatchObject([{ method: 'POST', target: '/verify?a=b' }])
    },
  )

  it.each(['core/tree', 'dispatcher/client-h1'])(
    'answers by the parts of a version that does without %s beneath them',
    async (part) => {
      const { transport, hub } = await without('undici')
      vi.doMock(`undici/lib/${part}.js`, () => {
        throw new Error('Cannot find module')
      })
      onTestFinished(() => void vi.doUnmock(`undici/lib/${part}.js`))
      expect(await transport.send(transportRequest(`${hub.origin}/verify`))).toMatchObject({ ok: true })
    },
  )

  // Whoever updates undici and sees this fail: the parser is elsewhere, and is compiled amid the first answer again.
  it('has a parser that can be compiled before it is needed', async () => {
    await expect(compileParser()).resolves.toBeUndefined()
  })

  it('answers by the parts of a version whose parser is elsewhere', async () => {
    const { transport, hub } = await without('undici')
    vi.doMock('undici/lib/llhttp/llhttp_simd-wasm.js', () => {
      throw new Error('Cannot find module')
    })
    onTestFinished(() => void vi.doUnmock('undici/lib/llhttp/llhttp_simd-wasm.js'))
    expect(await transport.send(transportRequest(`${hub.origin}/verify`))).toMatchObject({ ok: true })
  })

  it('is loaded anew after it could not be, as when the package is replaced under a running product', async () => {
    const { transport, hub } = await without('undici')
    vi.doMock('undici/lib/core/connect.js', () => {
      throw new Error('Cannot find module')
    })
    expect(await transport.send(transportRequest(`${hub.origin}/verify`))).toMatchObject({ ok: false })
    vi.doUnmock('undici/lib/core/connect.js')
    expect(await transport.send(transportRequest(`${hub.origin}/verify`))).toMatchObject({ ok: true })
  })
})
