import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { fileRecordStore } from '../../../src/adapters/file-record-store.js'
import { parseJson } from '../../../src/protocol/json.js'
import { type EmulatedHub, emulatedHub, key } from '../../client/emulated-hub.js'
import { dayMs, hourMs, manualClock, minuteMs, startOfTime } from '../../support/manual-clock.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { figure } from '../support/proof-length.js'

/** When the hub spoke last of the licenses in the fixture. */
const verifiedAt = startOfTime + 13 * hourMs
const staleAt = verifiedAt + 12 * hourMs
const graceEnd = staleAt + 14 * dayMs

const tally = { verdicts: 0, wrong: 0, fieldsWritten: 0, fieldsLost: 0, newerFilesTouched: 0 }
afterAll(() => figure(16, 'data directories of format version 1', tally))

type Kind = 'pinned' | 'unpinned' | 'with-newer-fields'

interface Installation {
  readonly directory: string
  readonly hub: EmulatedHub
  readonly client: ReturnType<EmulatedHub['client']>
}

/** A product of today that starts on a copy of what an old one left, `at` some time. */
function startedOn(kind: Kind, at: number): Installation {
  const directory = temporaryDirectory()
  cpSync(fileURLToPath(new URL(`../../../fixtures/records/v1/${kind}`, import.meta.url)), directory, {
    recursive: true,
    preserveTimestamps: true,
  })
  const hub = emulatedHub({ signing: kind === 'pinned' }, manualClock({ at }))
  const client = hub.client({}, { store: fileRecordStore(() => Promise.resolve(directory)) })
  return { directory, hub, client }
}

describe.each(['pinned', 'unpinned', 'with-newer-fields'] as const)('a data directory of format 1, %s', (kind) => {
  it.each([
    { when: 'right after the verification', at: verifiedAt, expected: { state: 'licensed', nextCheckAt: staleAt } },
    { when: 'a minute before it grows stale', at: staleAt - minuteMs, expected: { state: 'licensed' } },
    { when: 'once it is stale', at: staleAt, expected: { state: 'grace', endsAt: graceEnd } },
    { when: 'just before the grace period ends', at: graceEnd - 1, expected: { state: 'grace', endsAt: graceEnd } },
    { when: 'after that', at: graceEnd, expected: { state: 'unlicensed', reason: 'grace-over' } },
  ])('gives the verdict of its record $when', async ({ at, expected }) => {
    const { client } = startedOn(kind, at)
    const verdict = await client.verify({ offline: true })
    tally.verdicts += 1
    if (verdict.state !== expected.state) tally.wrong += 1
    expect(verdict).toMatchObject({ ...expected, source: 'record', verifiedAt, licenseKey: 'FLVR-****-****-****-MNOP' })
    expect(client.told.warning.map(({ code }) => code)).toEqual(kind === 'pinned' ? [] : ['unpinned-hub'])
  })

  it('is the same installation to the hub', async () => {
    const { client } = startedOn(kind, verifiedAt)
    expect(await client.offlineRequest()).toMatchObject({ installationId: 'KioqKioqKioqKioqKioqKg' })
  })
})

/** Every object of a record in the fixture carries it. */
const addedLater = { seats: 3, note: 'kept' }

describe('a record with fields that only a newer version knows', () => {
  it('keeps all of them when the passage of time is noted on it', async () => {
    const { client, directory } = startedOn('with-newer-fields', verifiedAt + 3 * hourMs)
    await client.verify({ offline: true })
    expectKept(directory, ['', 'entitlement', 'activations', 'pending', 'clock', 'backOff'])
  })

  it('keeps those of what an attempt without an answer leaves as it was', async () => {
    const { client, directory, hub } = startedOn('with-newer-fields', verifiedAt + hourMs / 2)
    hub.emulator.faults.inject({ kind: 'drop' })
    await client.verify({ fresh: true })
    expectKept(directory, ['', 'entitlement', 'activations', 'pending', 'clock'])
  })

  it('keeps its own when the hub has spoken anew of the license', async () => {
    const { client, directory } = startedOn('with-newer-fields', verifiedAt + hourMs)
    await client.activate(key)
    await client.verify({ fresh: true })
    expectKept(directory, [''])
  })

  it('keeps its own when the license is given up', async () => {
    const { client, directory } = startedOn('with-newer-fields', verifiedAt + hourMs)
    await client.activate(key)
    expect(await client.deactivate()).toMatchObject({ outcome: 'deactivated' })
    expectKept(directory, [''])
  })
})

it('a file of a later major version is never touched', async () => {
  const { client, directory, hub } = startedOn('with-newer-fields', verifiedAt + hourMs)
  const name = readdirSync(directory).find((other) => other.startsWith('license-v2-')) ?? 'none'
  const state = () => ({
    content: readFileSync(join(directory, name), 'utf8'),
    modified: statSync(join(directory, name)).mtimeMs,
  })
  const before = state()
  await client.verify()
  await client.activate(key)
  hub.clock.advance(dayMs)
  await client.verify()
  await client.deactivate()
  await client.reset()
  if (JSON.stringify(state()) !== JSON.stringify(before)) tally.newerFilesTouched += 1
  expect(state()).toEqual(before)
})

function expectKept(directory: string, objects: readonly string[]): void {
  const record = newestRecordIn(directory)
  const found = objects.map((name) => fieldOf(name === '' ? record : fieldOf(record, name), 'addedLater'))
  tally.fieldsWritten += objects.length
  tally.fieldsLost += found.filter((value) => value === undefined).length
  expect(Object.fromEntries(objects.map((name, position) => [name, found[position]]))).toEqual(
    Object.fromEntries(objects.map((name) => [name, addedLater])),
  )
}

/** The record of the newest file, which today's code must have written. */
function newestRecordIn(directory: string): unknown {
  const names = readdirSync(directory).filter((name) => name.startsWith('license-v1-'))
  const newest = names.sort().at(-1) ?? ''
  expect(newest).not.toContain('e2767def')
  const [, payload = ''] = readFileSync(join(directory, newest), 'utf8').split('.')
  return fieldOf(parseJson(Buffer.from(payload, 'base64url')), 'record')
}

function fieldOf(value: unknown, name: string): unknown {
  return new Map(Object.entries(value ?? {})).get(name)
}
