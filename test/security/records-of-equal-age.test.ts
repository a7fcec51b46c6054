import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { emulatedHub, key } from '../client/emulated-hub.js'
import { hourMs } from '../support/manual-clock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** A product on a machine whose records lie in `directory`, and a copy of that machine. */
async function machineAndCopy() {
  const hub = emulatedHub()
  const [directory, copy] = [temporaryDirectory(), temporaryDirectory()]
  const startOn = (place: string) => hub.client({}, { store: fileRecordStore(async () => place) })
  await startOn(directory).activate(key)
  cpSync(directory, copy, { recursive: true })
  return { hub, directory, copy, startOn }
}

const records = (directory: string) => readdirSync(directory).filter((name) => name.startsWith('license-v1-'))
/** A name is made of the record's scope, its age, and a digest of its bytes. */
const ages = (directory: string) => records(directory).map((name) => name.replace(/-[0-9a-f]{8}\.jws$/, ''))

describe('two records of the same age with other bytes, as of two processes without a lock', () => {
  it('are a lost race: every process takes the same one, nobody is warned, and one of them stays', async () => {
    const { hub, directory, copy, startOn } = await machineAndCopy()
    hub.clock.advance(13 * hourMs)
    for (const place of [directory, copy]) await startOn(place).verify({ fresh: true })
    const [mine, other] = [ages(directory).sort().at(-1), ages(copy).sort().at(-1)]
    expect(mine).toBe(other)
    expect(records(directory).sort().at(-1)).not.toBe(records(copy).sort().at(-1))

    const contents = new Map<string, string>()
    for (const [from, to] of [
      [directory, copy],
      [copy, directory],
    ] as const) {
      cpSync(from, to, { recursive: true })
      const client = startOn(to)
      expect(await client.verify({ offline: true })).toMatchObject({ state: 'licensed', tier: 'starter' })
      expect(client.told.warning).toEqual([])
      contents.set(to, readFileSync(join(to, records(to).sort().at(-1) ?? ''), 'utf8'))
    }
    expect(contents.get(directory)).toBe(contents.get(copy))

    hub.clock.advance(13 * hourMs)
    await startOn(directory).verify({ fresh: true })
    expect(records(directory)).toHaveLength(2)
    expect(new Set(ages(directory)).size).toBe(2)
  })
})

describe('an older record that somebody puts back', () => {
  it('does not bring back what the hub has taken', async () => {
    const { hub, directory, copy, startOn } = await machineAndCopy()
    hub.clock.advance(hourMs)
    hub.emulator.setLicense(key, { status: 'revoked' })
    const client = startOn(directory)
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
    cpSync(copy, directory, { recursive: true })
    const next = startOn(directory)
    expect(await next.verify({ offline: true })).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
    expect(next.told.warning).toEqual([])
  })
})
