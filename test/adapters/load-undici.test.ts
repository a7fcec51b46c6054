import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import { jsonBytes } from '../support/http-bytes.js'
import { transportRequest } from '../support/transport-request.js'
import { wireServer } from '../support/wire-server.js'

describe('a version of undici whose parts lie elsewhere', () => {
  it('is loaded as a whole', async () => {
    vi.doMock('undici/lib/dispatcher/agent.js', () => {
      throw new Error('Cannot find module')
    })
    onTestFinished(() => void vi.doUnmock('undici/lib/dispatcher/agent.js'))
    const hub = await wireServer({ respond: (_request, socket) => void socket.write(jsonBytes(200, '{}')) })
    onTestFinished(() => hub.close())
    const transport = undiciTransport()
    onTestFinished(() => transport.close())
    expect(await transport.send(transportRequest(`${hub.origin}/verify?a=b`))).toMatchObject({ ok: true })
    expect(hub.requests).toMatchObject([{ method: 'POST', target: '/verify?a=b' }])
  })
})
