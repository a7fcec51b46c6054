import { Redis } from 'ioredis'
import { createClient } from 'redis'
import type { RedisClient } from '../../src/adapters/redis/index.js'

/** A client of one of the two packages, as a product has it. */
export interface ConnectedClient {
  readonly client: RedisClient
  command(name: string, ...words: readonly string[]): Promise<unknown>
  close(): void
}

/** Both packages, with their own defaults. Failures are events there, which a product listens to. */
export const packages: Readonly<Record<'redis' | 'ioredis', (port: number) => Promise<ConnectedClient>>> = {
  async redis(port) {
    const client = createClient({ socket: { host: '127.0.0.1', port } })
    client.on('error', () => undefined)
    await client.connect()
    return { client, command: (...words) => client.sendCommand(words), close: () => client.destroy() }
  },
  async ioredis(port) {
    const client = new Redis({ host: '127.0.0.1', port })
    client.on('error', () => undefined)
    await client.ping()
    return { client, command: (name, ...words) => client.call(name, ...words), close: () => client.disconnect() }
  },
}
