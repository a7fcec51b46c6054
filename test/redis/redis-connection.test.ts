import { stat } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type RedisClient, redisStore } from '../../src/adapters/redis/index.js'
import { createLicenseClient, FlavorLicenseError } from '../../src/index.js'

/** A client of which the test decides what it answers, and when. */
function clientThat(answer: (script: string) => Promise<unknown>): RedisClient & { readonly calls: number } {
  let calls = 0
  return {
    get calls() {
      return calls
    },
    eval(script: string) {
      calls += 1
      return answer(script)
    },
  }
}

const open = (client: RedisClient) => redisStore(client, { prefix: 'test' })
const micros = 1_700_000_000_000_000

describe('a Redis that does not do what it should', () => {
  it('is given up when it does not answer, and asked again when it has', async () => {
    const answers: ((value: unknown) => void)[] = []
    const client = clientThat(() => new Promise((resolve) => answers.push(resolve)))
    const { store } = open(client)
    await expect(store.list('')).rejects.toThrow('no answer within 250 ms')
    await expect(store.list('')).rejects.toThrow('it has not answered of late')
    expect(client.calls).toBe(1)
    answers[0]?.([micros, []])
    await new Promise(setImmediate)
    const listed = store.list('')
    answers[1]?.([micros, ['a']])
    expect(await listed).toEqual(['a'])
  })

  it('is heard out by a process that was busy for longer than it would have waited', async () => {
    const client = clientThat(() => stat('.').then(() => [micros, ['a']]))
    const listed = open(client).store.list('')
    const busyUntil = performance.now() + 400
    while (performance.now() < busyUntil);
    expect(await listed).toEqual(['a'])
  })

  it('is not asked for a while after a failure', async () => {
    const client = clientThat(() => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })))
    const { store, lock } = open(client)
    await expect(store.read('a')).rejects.toThrow('Redis: ECONNREFUSED')
    await expect(store.read('a')).rejects.toThrow('it has not answered of late')
    expect(await lock.hold('a', 10_000, (state) => Promise.resolve(state))).toBe('unavailable')
    expect(client.calls).toBe(1)
  })

  it.each([
    [new Error('NOAUTH Authentication required. FLVR-ABCD-EFGH-IJKL-MNOP'), 'Redis: NOAUTH'],
    [new Error("unknown command 'EVAL', with args: FLVR-ABCD-EFGH-IJKL-MNOP"), 'Redis: Error'],
    ['FLVR-ABCD-EFGH-IJKL-MNOP', 'Redis: failed'],
  ])('never repeats what it was told (%#)', async (failure, message) => {
    const client = clientThat(() => Promise.reject(failure))
    const error = await open(client)
      .store.publish('a', new TextEncoder().encode('a record'))
      .catch((thrown: unknown) => thrown)
    expect(error).toEqual(new Error(message))
    expect(error).not.toHaveProperty('cause')
  })

  it.each([undefined, null, 'OK', [], ['soon', []]])('is not believed when it answers %j', async (answer) => {
    await expect(open(clientThat(() => Promise.resolve(answer))).store.list('')).rejects.toThrow('something else')
  })

  it('may throw at once, and is described', async () => {
    const client = clientThat(() => {
      throw new Error('The client is closed')
    })
    expect(await open(client).store.describe()).toMatchObject({ writable: false, problem: 'Error: Redis: Error' })
  })
})

describe('redisStore', () => {
  const client = clientThat(() => Promise.resolve([micros, null]))

  it.each([
    ['no client', () => redisStore(JSON.parse('{}'), { prefix: 'test' })],
    ['null', () => redisStore(JSON.parse('null'), { prefix: 'test' })],
    ['no prefix', () => redisStore(client, JSON.parse('{}'))],
    ['no options', () => redisStore(client, JSON.parse('null'))],
    ['an empty prefix', () => redisStore(client, { prefix: '' })],
  ])('is not satisfied with %s', (_, create) => {
    expect(create).toThrow(FlavorLicenseError)
    expect(create).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  })

  it('gives what createLicenseClient takes, and nothing else is taken for it', () => {
    const options = { product: { slug: 'flavor-starter', version: '1.4.2' }, domain: 'mysite.com' }
    expect(() => createLicenseClient({ ...options, sharedStore: open(client) })).not.toThrow()
    for (const sharedStore of ['{}', 'null', '"redis"']) {
      expect(() => createLicenseClient({ ...options, sharedStore: JSON.parse(sharedStore) })).toThrow(/redisStore/)
    }
  })
})
