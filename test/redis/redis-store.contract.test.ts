import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { redisStore, type SharedStore } from '../../src/adapters/redis/index.js'
import { ledgerStoreContract } from '../adapters/ledger-store.contract.js'
import { lockContract } from '../adapters/lock.contract.js'
import { recordStoreContract } from '../adapters/record-store.contract.js'
import { describeWhere } from '../process/support/machine.js'
import { type ConnectedClient, packages } from './redis-clients.js'
import { type RedisServer, startRedisServer } from './redis-server.js'

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
    lockContract('Redis', () => ({
      open: () => open().lock,
      async abandon(lock) {
        await connected.command('SET', `test:${lock}:lock`, 'of somebody who was killed', 'PX', '2000')
      },
    }))
  })
})
