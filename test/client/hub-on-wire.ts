import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import { httpBytes } from '../support/http-bytes.js'
import type { ManualClock } from '../support/manual-clock.js'
import type { Respond, WireServer } from '../support/wire-server.js'

/** The real emulator behind a server of raw bytes, so that a test can answer in its place. */
export interface HubOnWire {
  readonly url: string
  readonly emulator: Emulator
  /** Lets the hub itself answer. */
  speak(): void
  /** Answers every request with these bytes and ends the connection. */
  interrupt(bytes: Uint8Array): void
}

export function hubOnWire(server: WireServer, clock: Pick<ManualClock, 'now'>, options: EmulatorOptions): HubOnWire {
  const url = options.baseUrl ?? `${server.origin}/api/v1`
  const emulator = createEmulator({ clock, baseUrl: url, rateLimit: { strategy: 'off' }, ...options })
  const relay: Respond = async ({ method, target, headers, body }, socket) => {
    const response = await emulator.fetch(`${server.origin}${target}`, { method, headers: { ...headers }, body })
    const content = new Uint8Array(await response.arrayBuffer())
    socket.write(httpBytes({ status: response.status, headers: [...response.headers], body: content }))
  }
  const hub: HubOnWire = {
    url,
    emulator,
    speak: () => server.respondWith(relay),
    interrupt: (bytes) => server.respondWith((_request, socket) => void socket.end(bytes)),
  }
  hub.speak()
  return hub
}
