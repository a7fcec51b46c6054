import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, EmulatorStateError } from '../../src/emulator/index.js'
import { hubUnderTest, keys, manualClock, startsAt } from './hub-under-test.js'

let directory = ''
let stateFile = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-state-'))
  stateFile = join(directory, 'hub.json')
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('a state file', () => {
  it('keeps keys, activations, changes and dates across restarts', async () => {
    const before = hubUnderTest({ stateFile })
    await before.post('/license/activate', { installation_id: 'here' })
    before.emulator.setLicense(keys.business, { status: 'revoked' })
    before.emulator.addRelease({ product: 'flavor-starter', version: '3.0.0', content: new Uint8Array([1, 2, 3]) })
    const after = hubUnderTest({ stateFile, clock: manualClock(startsAt + 86_400_000) })
    expect(after.emulator.licenses()).toEqual(before.emulator.licenses())
    expect(after.emulator.keys).toEqual(before.emulator.keys)
    expect((await after.postJson('/license/verify')).body.status).toBe('active')
    expect((await after.postJson('/update/check', { current_version: '1.0.0' })).body.release).toMatchObject({
      version: '3.0.0',
      size: 3,
    })
  })

  it('wins over the seed once it is there', () => {
    const { emulator } = hubUnderTest({ stateFile })
    const key = { kid: 'other', seed: `${'B'.repeat(42)}A` }
    const restarted = createEmulator({ stateFile, seed: { signing_keys: [key], products: [], licenses: [] } })
    expect(restarted.keys).toEqual(emulator.keys)
  })

  it('is readable by its owner alone and leaves nothing beside it', async () => {
    const { post } = hubUnderTest({ stateFile })
    await post('/license/activate')
    expect(statSync(stateFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['hub.json'])
  })

  it('is not rewritten when nothing changed', async () => {
    const { post } = hubUnderTest({ stateFile })
    await post('/license/activate')
    const { ino } = statSync(stateFile)
    await post('/license/activate')
    await post('/license/verify')
    expect(statSync(stateFile).ino).toBe(ino)
  })

  it('that cannot be written fails the request and leaves the state as it was', async () => {
    const { post, emulator } = hubUnderTest({ stateFile })
    rmSync(directory, { recursive: true })
    writeFileSync(directory, '')
    expect((await post('/license/activate')).status).toBe(500)
    expect(emulator.licenses().find(({ key }) => key === keys.starter)?.activations).toEqual([])
  })

  it.each([
    ['torn', (text: string) => text.slice(0, -10)],
    ['of another version', (text: string) => text.replace('"version":2', '"version":3')],
    ['empty', () => ''],
  ])('that is %s is refused in one sentence', (_, damage) => {
    hubUnderTest({ stateFile })
    writeFileSync(stateFile, damage(readFileSync(stateFile, 'utf8')))
    const attempt = () => createEmulator({ stateFile })
    expect(attempt).toThrow(EmulatorStateError)
    expect(attempt).toThrow(/^The state file .*hub\.json is not one that this emulator wrote; delete it/)
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-state' }))
  })
})
