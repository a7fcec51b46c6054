import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import type { LedgerStore } from '../../src/ports/ledger-store.js'
import type { Transport, TransportResult } from '../../src/ports/transport.js'
import { manualClock } from '../support/manual-clock.js'
import { emulatedHub, key, otherKey } from './emulated-hub.js'

const forEver = <Result>() => new Promise<Result>(() => {})
const idle = () => new Promise((resolve) => setImmediate(resolve))

/** An activated product whose hub, ledger and disk do what the test says from then on. */
async function product() {
  const clock = manualClock()
  const hub = emulatedHub({}, clock)
  const ledger = memoryLedgerStore()
  const store = memoryRecordStore()
  const network = fetchTransport(hub.emulator.fetch)
  const deadlines: number[] = []
  let answerOf: Transport['send'] = network.send
  let isStuck = false
  const orStuck = <Result>(work: () => Promise<Result>) => (isStuck ? forEver<Result>() : work())
  const stickyLedger: LedgerStore = {
    read: (name) => orStuck(() => ledger.read(name)),
    advance: (name, version, content) => orStuck(() => ledger.advance(name, version, content)),
  }
  const transport: Transport = {
    ...network,
    send(request) {
      deadlines.push(request.deadlineMs)
      return answerOf(request)
    },
  }
  const client = hub.client(
    {},
    {
      transport,
      ledger: stickyLedger,
      store: { ...store, publish: (...file) => orStuck(() => store.publish(...file)) },
    },
  )
  onTestFinished(() => client.close())
  await client.activate(key)
  deadlines.length = 0
  return {
    client,
    clock,
    /** How long the hub was given for each request. */
    deadlines,
    network,
    hubAnswers(answer: Transport['send']) {
      answerOf = answer
    },
    /** From now on nothing can be noted: neither in the ledger nor in the record. */
    stick() {
      isStuck = true
    },
  }
}

const timedOut: TransportResult = { ok: false, reason: 'timeout', cause: undefined }

describe('a call with a deadline', () => {
  it('is answered from the record at its deadline, though what came of it cannot be noted', async () => {
    const { client, clock, deadlines, hubAnswers, stick } = await product()
    hubAnswers(async () => {
      stick()
      clock.advance(2_950)
      return timedOut
    })
    let verdict: unknown
    client.verify({ fresh: true, deadlineMs: 3_000 }).then((answer) => {
      verdict = answer
    })
    while (deadlines.length === 0) await idle()
    for (let turns = 0; turns < 20; turns += 1) await idle()
    expect(verdict).toBeUndefined()
    clock.advance(50)
    await idle()
    expect(verdict).toMatchObject({
      state: 'licensed',
      source: 'record',
      lastAttempt: { reason: 'timeout', retryAt: clock.now() },
    })
  })

  it('is answered at its own deadline, though it waits for what another call asks that has more time', async () => {
    const { client, clock, deadlines, hubAnswers } = await product()
    hubAnswers(() => forEver())
    const answers: string[] = []
    const ask = (deadlineMs: number) =>
      void client.verify({ fresh: true, deadlineMs }).then((verdict) => {
        answers.push(`${deadlineMs} ${verdict.lastAttempt?.reason}`)
      })
    ask(15_000)
    while (deadlines.length === 0) await idle()
    ask(1_000)
    await idle()
    clock.advance(999)
    await idle()
    expect(answers).toEqual([])
    clock.advance(1)
    await idle()
    expect(answers).toEqual(['1000 timeout'])
    expect(deadlines).toHaveLength(1)
  })

  it('is answered at its deadline where it looks for updates', async () => {
    const { client, clock, deadlines, hubAnswers } = await product()
    hubAnswers(() => forEver())
    const outcome = client.checkUpdates({ deadlineMs: 1_000 })
    while (deadlines.length === 0) await idle()
    clock.advance(1_000)
    expect(await outcome).toMatchObject({ outcome: 'deferred', reason: 'timeout', retryAt: clock.now() })
  })

  it('leaves the hub what remains, less a tenth of a second for noting what it says, or a tenth of a shorter time', async () => {
    const { client, deadlines, hubAnswers } = await product()
    hubAnswers(async () => timedOut)
    await client.verify({ fresh: true, deadlineMs: 3_000 })
    await client.verify({ fresh: true, deadlineMs: 500 })
    await client.updateInfo({ deadlineMs: 15_000 })
    expect(deadlines).toEqual([2_900, 450, 14_900])
  })

  it('has one deadline for all that it asks', async () => {
    const { client, clock, deadlines, network, hubAnswers } = await product()
    hubAnswers((request) => {
      clock.advance(700)
      return network.send(request)
    })
    // The new key, and then the slot of the old one.
    expect(await client.activate(otherKey, { deadlineMs: 1_000 })).toMatchObject({ outcome: 'activated' })
    expect(deadlines).toEqual([900, 270])
  })
})
