import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { redisStore, type SharedStore } from '../../src/adapters/redis/index.js'
import { ledgerStoreContract } from '../adapters/ledger-store.contract.js'
import { lockContract } from '../adapters/lock.contract.js'
import { recordStoreContract } from '../adapters/record-store.contract.js'
import { describeWhere } from '../process/support/machine.js'
import { type ConnectedClient, packages } from './redis-clients.js'
import { type RedisServer, startRedisServer } from './redis-server.js'

const hourMs = 60 * 60_000

describeWhere(['redis-server'], 'stores on Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedisServer()
  })
  afterAll(() => server.remove())

  describe.each(['redis', 'ioredis'] as const)('by the package %s', (name) => {
    let connected: ConnectedClient
    beforeAll(async () => {
      connected = await packages[name](server.port)
    })
    beforeEach(async () => {
      await connected.command('FLUSHALL')
    })
    afterAll(() => connected.close())

    const open = (): SharedStore => redisStore(connected.client, { prefix: 'test' })
    recordStoreContract('Redis', () => open().store)
    ledgerStoreContract('Redis', () => ({ open: () => open().ledger }))
    it('says with each ledger what time it is on Redis, the same at every door', async () => {
      const before = Date.now()
      const times = [open(), open(), open()].map(async ({ ledger }) => (await ledger.read('a')).present)
      for (const present of await Promise.all(times)) {
        expect(present?.timeline).toBe('redis')
        expect(present?.time).toBeGreaterThan(before - 1)
        expect(present?.time).toBeLessThan(Date.now() + 1)
      }
    })

    it.each([
      ['ahead', -hourMs],
      ['back', hourMs],
    ])('goes on from the latest time that it told where the clock was set %s', async (_how, behindMs) => {
      const { ledger } = open()
      const started = performance.now()
      const before = (await ledger.read('a')).present?.time ?? Number.NaN
      await connected.command('HINCRBY', 'test:a', 'behind', `${behindMs * 1_000}`)
      for (const store of [ledger, open().ledger, ledger]) {
        const { present } = await store.read('a')
        expect(present?.timeline).toBe('redis')
        expect(present?.time).toBeGreaterThanOrEqual(before)
        // A thousandth and a millisecond are what right clocks may seem to differ by.
        expect(present?.time).toBeLessThanOrEqual(before + 1.001 * (performance.now() - started) + 1)
      }
    })

    lockContract('Redis', () => ({
      open: () => open().lock,
      async abandon(lock) {
        await connected.command('SET', `test:${lock}:lock`, 'of somebody who was killed', 'PX', '2000')
      },
    }))
  })
})
