import type { LedgerStore } from '../../ports/ledger-store.js'
import type { RedisConnection } from './redis-connection.js'
import { toBytes, toText } from './redis-text.js'

/** Longer than any silence that a hub can ask for: an older ledger says nothing about the present. */
const keptMs = 2 * 24 * 60 * 60_000

/** Counts how often Redis' clock was set back: times from before and after that cannot be compared. */
const readNewest = `
local before = tonumber(redis.call('HGET', KEYS[1], 'readAt') or 0)
if before > now then redis.call('HINCRBY', KEYS[1], 'setBack', 1) end
redis.call('HSET', KEYS[1], 'readAt', now)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('HMGET', KEYS[1], 'version', 'content', 'setBack')
`
const advanceOne = `
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'content', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`

/**
 * Ledgers as a hash each, which a script reads or advances in one step.
 *
 * Their times are Redis' own, taken at each reading: machines need not agree on the time, nor measure how far they are
 * apart. A request is sent after the reading that admits it and has been answered before the one that notes it.
 */
export function redisLedgerStore(redis: RedisConnection, key: (name: string) => string): LedgerStore {
  return {
    async read(name) {
      const { value, time } = await redis.run(readNewest, key(name), String(keptMs))
      const [version, content, setBack] = Array.isArray(value) ? value : []
      return {
        version: Number(version ?? 0),
        content: toBytes(content),
        present: { timeline: `redis-${String(setBack ?? 0)}`, time },
      }
    },

    async advance(name, version, content) {
      const step = [String(version), String(version + 1), toText(content), String(keptMs)]
      const { value } = await redis.run(advanceOne, key(name), ...step)
      return Number(value) === 1
    },
  }
}
