/**
 * A store on Redis for products that run on many machines with one license.
 *
 * @module flavor-license/redis
 */
import { createHash } from 'node:crypto'
import { FlavorLicenseError } from '../../domain/errors.js'
import type { SharedStore } from '../../ports/shared-store.js'
import { evaluateBy, isRedisClient, type RedisClient } from './redis-client.js'
import { redisConnection } from './redis-connection.js'
import { redisLedgerStore } from './redis-ledger-store.js'
import { redisLock } from './redis-lock.js'
import { redisRecordStore } from './redis-record-store.js'

export type { SharedStore } from '../../ports/shared-store.js'
export type { IoRedisClient, NodeRedisClient, RedisClient } from './redis-client.js'

/** How machines share a Redis. */
export interface RedisStoreOptions {
  /**
   * What the names of all keys begin with, such as `my-product`. Machines with the same prefix on the same Redis are
   * one installation, and keep one budget of requests.
   */
  readonly prefix: string
}

/**
 * Lets machines share one license, one installation and one budget of requests: the `sharedStore` option of
 * `createLicenseClient`. Everything on Redis happens in Lua scripts on one key each, so that it is atomic, also in a
 * cluster.
 *
 * No call waits for Redis longer than 250 ms. Without it, each machine works on with its own copy of the record, and
 * with a quarter of each limit for each process.
 *
 * Redis holds the record with the license key and the key pair that signs it: let nobody read it who may not know them.
 *
 * @param client - A client of `redis` (4 or later) or `ioredis` (5 or later), for Redis 5 or later. It is never closed.
 * @throws FlavorLicenseError `invalid-option`.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions): SharedStore {
  if (!isRedisClient(client)) {
    throw new FlavorLicenseError('invalid-option', 'redisStore takes a client of the redis or the ioredis package.')
  }
  const prefix: unknown = options?.prefix
  if (typeof prefix !== 'string' || prefix === '') {
    throw new FlavorLicenseError('invalid-option', 'The value of prefix must be a text, such as my-product.')
  }
  const redis = redisConnection(evaluateBy(client))
  return {
    name: createHash('sha256').update(prefix).digest('hex').slice(0, 12),
    store: redisRecordStore(redis, `${prefix}:records`),
    ledger: redisLedgerStore(redis, (name) => `${prefix}:${name}`),
    lock: redisLock(redis, (name) => `${prefix}:${name}:lock`),
    clockOffset: redis.clockOffset,
  }
}
