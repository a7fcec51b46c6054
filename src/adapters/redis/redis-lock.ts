import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Lock, LockState } from '../../ports/lock.js'
import type { RedisConnection } from './redis-connection.js'

/** Above this age a lock that is not renewed has been left behind, and is gone. */
const staleMs = 2_000
const renewMs = staleMs / 2
const pollMs = 50

const take = `return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0`
/** Of a lock that was lost, the next holder has another token. */
const renew = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0`
const release = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0`

/** A lock that is a key with a token and a short life. */
export function redisLock(redis: RedisConnection, key: (name: string) => string): Lock {
  async function acquire(name: string, token: string, patienceMs: number): Promise<LockState> {
    const until = performance.now() + patienceMs
    for (;;) {
      const isTaken = await redis.run(take, key(name), token, String(staleMs)).then(
        (answer) => Number(answer) === 1,
        () => undefined,
      )
      if (isTaken === undefined) return 'unavailable'
      if (isTaken) return 'held'
      const remainingMs = until - performance.now()
      if (remainingMs <= 0) return 'contended'
      await delay(Math.min(pollMs, remainingMs))
    }
  }

  return {
    async hold(name, patienceMs, operation) {
      const token = randomBytes(16).toString('base64url')
      const state = await acquire(name, token, patienceMs)
      if (state !== 'held') return operation(state)
      const ignored = () => undefined
      const renewal = setInterval(() => {
        redis.run(renew, key(name), token, String(staleMs)).catch(ignored)
      }, renewMs)
      renewal.unref()
      try {
        return await operation('held')
      } finally {
        clearInterval(renewal)
        await redis.run(release, key(name), token).catch(ignored)
      }
    },
  }
}
