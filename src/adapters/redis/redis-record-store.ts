import type { RecordStore } from '../../ports/record-store.js'
import { asideLimit, asideSuffix } from '../set-aside.js'
import type { RedisConnection } from './redis-connection.js'
import { toBytes, toText } from './redis-text.js'

const listNames = `return redis.call('HKEYS', KEYS[1])`
const readOne = `return redis.call('HGET', KEYS[1], ARGV[1])`
const publishOne = `return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`
const removeOne = `return redis.call('HDEL', KEYS[1], ARGV[1])`
const publishFirst = `
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
return redis.call('HGET', KEYS[1], ARGV[1])
`
const setOneAside = `
local name, suffix, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
local content = redis.call('HGET', KEYS[1], name)
if not content then return 0 end
local kept = 0
for _, other in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(other, -string.len(suffix)) == suffix then kept = kept + 1 end
end
if kept < limit then redis.call('HSET', KEYS[1], name .. suffix, content) end
return redis.call('HDEL', KEYS[1], name)
`

/** Records as the fields of one hash. */
export function redisRecordStore(redis: RedisConnection, key: string): RecordStore {
  async function list(prefix: string): Promise<readonly string[]> {
    const value = await redis.run(listNames, key)
    return (Array.isArray(value) ? value : []).map(String).filter((name) => name.startsWith(prefix))
  }

  return {
    list,
    read: async (name) => toBytes(await redis.run(readOne, key, name)),
    async publish(name, content) {
      await redis.run(publishOne, key, name, toText(content))
    },
    async publishOnce(name, content) {
      const value = await redis.run(publishFirst, key, name, toText(content))
      return toBytes(value) ?? content
    },
    async remove(name) {
      await redis.run(removeOne, key, name)
    },
    async setAside(name) {
      await redis.run(setOneAside, key, name, asideSuffix, String(asideLimit))
    },
    async describe() {
      const problem = await list('').then(
        () => null,
        (error: unknown) => String(error),
      )
      return { directory: null, mode: null, writable: problem === null, problem, files: [] }
    },
  }
}
