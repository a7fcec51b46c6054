import { fastestClock } from '../../domain/budget/rate-budget.js'
import type { LedgerStore } from '../../ports/ledger-store.js'
import type { RedisConnection } from './redis-connection.js'
import { toBytes, toText } from './redis-text.js'

/** Longer than any silence that a hub can ask for: an older ledger says nothing about the present. */
const keptMs = 2 * 24 * 60 * 60_000

/**
 * The ledger's time never goes back and, once somebody has seen that Redis' clock was set ahead, not further than
 * `ARGV[2]`: what it is behind that clock from then on stays with the ledger.
 */
const readNewest = `
local before = redis.call('HMGET', KEYS[1], 'readAt', 'behind')
local time = math.max(now - tonumber(before[2] or 0), tonumber(before[1] or 0))
if ARGV[2] then time = math.min(time, tonumber(ARGV[2])) end
redis.call('HSET', KEYS[1], 'readAt', time, 'behind', now - time)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('HMGET', KEYS[1], 'version', 'content', 'readAt')
`
const advanceOne = `
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'content', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`

interface Reading {
  readonly version: number
  readonly content: Uint8Array | undefined
  /** Milliseconds of the ledger. */
  readonly time: number
  /** Between which Redis told it, by this process's own clock, which nobody sets. */
  readonly sentAt: number
  readonly receivedAt: number
}

/** Clocks of whole milliseconds may seem to differ by one. */
const roundingMs = 1

/** Whether more time has passed on Redis than can have passed here: its clock was set ahead, or is another one's. */
function isAhead(reading: Reading, before: Reading): boolean {
  const mostMs = (reading.receivedAt - before.sentAt) * fastestClock + roundingMs
  return reading.time - before.time > mostMs
}

/**
 * Ledgers as a hash each, which a script reads or advances in one step.
 *
 * Their times are Redis' own, taken at each reading: machines need not agree on the time, nor measure how far they are
 * apart. A request is sent after the reading that admits it and has been answered before the one that notes it. Where
 * Redis' clock is set, or another Redis takes over, the ledger's time goes on from the latest reading: no request grows
 * older than it is, as far as any process that has read the ledger before can tell.
 */
export function redisLedgerStore(redis: RedisConnection, key: (name: string) => string): LedgerStore {
  const latest = new Map<string, Reading>()

  async function look(name: string, ...most: readonly string[]): Promise<Reading> {
    const sentAt = performance.now()
    const value = await redis.run(readNewest, key(name), String(keptMs), ...most)
    const [version, content, microseconds] = Array.isArray(value) ? value : []
    return {
      version: Number(version ?? 0),
      content: toBytes(content),
      time: Number(microseconds) / 1_000,
      sentAt,
      receivedAt: performance.now(),
    }
  }

  return {
    async read(name) {
      const before = latest.get(name)
      let reading = await look(name)
      if (before && isAhead(reading, before)) {
        const least = before.time + performance.now() - before.receivedAt
        reading = await look(name, String(least * 1_000))
      }
      latest.set(name, reading)
      const { version, content, time } = reading
      return { version, content, present: { timeline: 'redis', time } }
    },

    async advance(name, version, content) {
      const step = [String(version), String(version + 1), toText(content), String(keptMs)]
      const value = await redis.run(advanceOne, key(name), ...step)
      return Number(value) === 1
    },
  }
}
