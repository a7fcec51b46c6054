import { Redis } from 'ioredis'
import { createClient } from 'redis'
import type { RedisClient } from '../../src/adapters/redis/index.js'
import { evaluateBy } from '../../src/adapters/redis/redis-client.js'

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

/** The same client on a Redis whose clock is wrong by `errorMs`. */
export function onWrongClock(client: RedisClient, errorMs: () => number): RedisClient {
  const evaluate = evaluateBy(client)
  const rightTime = "redis.call('TIME')"
  return {
    eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }) {
      const before = script.split(rightTime)
      if (before.length !== 2) throw new Error('The script does not ask for the time once.')
      const wrongTime = `(function(right) return { right[1] + ${errorMs() / 1_000}, right[2] } end)(${rightTime})`
      return evaluate(before.join(wrongTime), options.keys[0] ?? '', options.arguments)
    },
  }
}
