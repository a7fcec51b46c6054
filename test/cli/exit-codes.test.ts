import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runHere } from './fake-terminal.js'
import { keys, openShop, type Shop } from './shop.js'

const hour = 3_600_000

async function json(words: readonly string[]) {
  const { exitCode, stdout, stderr } = await runHere([...words, '--json'])
  expect(stdout.endsWith('\n')).toBe(true)
  expect(stdout.trimEnd()).not.toContain('\n')
  return { exitCode, stderr, answer: JSON.parse(stdout) }
}

describe('activate', () => {
  it('answers 0 and the outcome unchanged', async () => {
    const { options } = await openShop()
    const { exitCode, answer, stderr } = await json(['activate', keys.starter, ...options])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(answer).toMatchObject({
      outcome: 'activated',
      verdict: { state: 'licensed', source: 'hub', domain: 'mysite.com', licenseKey: 'FLVR-****-****-****-MNOP' },
      activations: { used: 1, limit: 1 },
    })
  })

  it.each([
    ['invalid-key', 'FLVR-ABCD'],
    ['not-found', 'FLVR-NONE-NONE-NONE-NONE'],
    ['expired', keys.expired],
    ['revoked', keys.revoked],
    ['limit-reached', keys.usedUp],
    ['wrong-product', keys.otherProduct],
  ])('answers 3 where the key is refused: %s', async (reason, key) => {
    const { options } = await openShop()
    const { exitCode, answer } = await json(['activate', key, ...options])
    expect(exitCode).toBe(3)
    const facts = reason === 'limit-reached' ? { activations: { used: 1, limit: 1 } } : {}
    expect(answer).toEqual({ outcome: 'refused', reason, message: expect.stringMatching(/\.$/), ...facts })
  })

  it('answers 5 where the hub does not decide', async () => {
    const { hub, options } = await openShop()
    await hub.close()
    const { exitCode, answer } = await json(['activate', keys.starter, ...options])
    expect(exitCode).toBe(5)
    expect(answer).toMatchObject({ outcome: 'deferred', reason: 'connection-refused', retryAt: expect.any(Number) })
  })

  it('reads the key from standard input: the first line, without blanks', async () => {
    const { options } = await openShop()
    const { exitCode } = await runHere(['activate', '-', ...options], { input: `\uFEFF ${keys.starter} \r\nmore\n` })
    expect(exitCode).toBe(0)
  })

  it('refuses an empty standard input as a key that is none', async () => {
    const { options } = await openShop()
    const { exitCode, stdout } = await runHere(['activate', '-', '--json', ...options])
    expect([exitCode, JSON.parse(stdout).reason]).toEqual([3, 'invalid-key'])
  })

  it('does not wait for the end of a standard input that is no key', async () => {
    const { options } = await openShop()
    const { exitCode } = await runHere(['activate', '-', ...options], { input: 'x'.repeat(100_000) })
    expect(exitCode).toBe(3)
  })
})

describe('verify', () => {
  const activated = async (): Promise<Shop> => {
    const shop = await openShop()
    expect((await runHere(['activate', keys.starter, ...shop.options])).exitCode).toBe(0)
    shop.emulator.clearArrivals()
    return shop
  }

  it('answers 0 from the record, without a request', async () => {
    const { emulator, options } = await activated()
    const { exitCode, answer } = await json(['verify', ...options])
    expect([exitCode, answer.state, answer.source]).toEqual([0, 'licensed', 'record'])
    expect(emulator.arrivals).toEqual([])
  })

  it('answers 0 from the hub where that is asked for', async () => {
    const { emulator, options } = await activated()
    const { exitCode, answer } = await json(['verify', '--fresh', ...options])
    expect([exitCode, answer.state, answer.source]).toEqual([0, 'licensed', 'hub'])
    expect(emulator.arrivals).toHaveLength(1)
  })

  it('answers 3 where the hub has revoked the license', async () => {
    const { emulator, options } = await activated()
    emulator.setLicense(keys.starter, { status: 'revoked' })
    const { exitCode, answer } = await json(['verify', '--fresh', ...options])
    expect([exitCode, answer.state, answer.reason]).toEqual([3, 'unlicensed', 'revoked'])
  })

  it("answers the exit code of the record's verdict where the hub did not decide", async () => {
    const { hub, options } = await activated()
    await hub.close()
    const { exitCode, answer } = await json(['verify', '--fresh', ...options])
    expect(exitCode).toBe(0)
    expect(answer).toMatchObject({
      state: 'licensed',
      source: 'record',
      lastAttempt: { reason: 'connection-refused' },
    })
  })

  it('answers 5 where nothing is on record', async () => {
    const { options } = await openShop()
    const { exitCode, answer } = await json(['verify', ...options])
    expect([exitCode, answer.state, answer.reason]).toEqual([5, 'unknown', 'no-record'])
  })

  it('answers 4 where the hub has not vouched for the license for a while, and 3 in the end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const { hub, options } = await activated()
    await hub.close()
    vi.setSystemTime(Date.now() + 13 * hour)
    const grace = await json(['verify', ...options])
    expect([grace.exitCode, grace.answer.state, grace.answer.reason]).toEqual([4, 'grace', 'connection-refused'])
    expect((await json(['status', ...options])).exitCode).toBe(4)
    vi.setSystemTime(Date.now() + 15 * 24 * hour)
    const over = await json(['verify', ...options])
    expect([over.exitCode, over.answer.state, over.answer.reason]).toEqual([3, 'unlicensed', 'grace-over'])
  })

  it.each(['status', 'verify --offline'])(
    'never asks the hub as %s, even on a record of a revoked license',
    async (words) => {
      const { emulator, options } = await activated()
      emulator.setLicense(keys.starter, { status: 'revoked' })
      await json(['verify', '--fresh', ...options])
      emulator.setLicense(keys.starter, { status: 'active' })
      emulator.clearArrivals()
      const { exitCode, answer } = await json([...words.split(' '), ...options])
      expect([exitCode, answer.state, answer.reason]).toEqual([3, 'unlicensed', 'revoked'])
      expect(emulator.arrivals).toEqual([])
    },
  )
})

describe('updates', () => {
  it('answers 10 where there is a newer release', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const { exitCode, answer } = await json(['updates', ...options])
    expect(exitCode).toBe(10)
    expect(answer).toMatchObject({ outcome: 'available', currentVersion: '1.4.2', release: { version: '1.5.0' } })
  })

  it('answers 0 where there is none', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const { exitCode, answer } = await json(['updates', ...options, '--product-version', '1.5.0'])
    expect([exitCode, answer]).toMatchObject([0, { outcome: 'current', currentVersion: '1.5.0' }])
  })

  it('answers 3 where no license is active', async () => {
    const { options } = await openShop()
    const { exitCode, answer } = await json(['updates', ...options])
    expect([exitCode, answer.reason]).toEqual([3, 'not-activated'])
  })

  it('answers 5 where the hub does not decide', async () => {
    const { hub, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    await hub.close()
    const { exitCode, answer } = await json(['updates', ...options])
    expect([exitCode, answer.outcome]).toEqual([5, 'deferred'])
  })
})

describe('deactivate', () => {
  it('answers 0, frees the activation and forgets the license', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const { exitCode, answer } = await json(['deactivate', ...options])
    expect([exitCode, answer]).toEqual([0, { outcome: 'deactivated', activations: { used: 0, limit: 1 } }])
    expect((await json(['status', ...options])).exitCode).toBe(3)
  })

  it('answers 0 where there is nothing to do', async () => {
    const { options } = await openShop()
    const { exitCode, answer } = await json(['deactivate', ...options])
    expect([exitCode, answer]).toEqual([0, { outcome: 'not-activated' }])
  })

  it('answers 5 where the hub does not decide', async () => {
    const { hub, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    await hub.close()
    const { exitCode, answer } = await json(['deactivate', ...options])
    expect([exitCode, answer.outcome]).toEqual([5, 'deferred'])
  })
})
