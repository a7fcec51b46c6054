import { chmodSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { ClientSetup } from '../support/client-command.js'
import { type ClientProcess, type ProcessOptions, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere, type Need } from '../support/machine.js'
import { figure } from '../support/proof-length.js'
import { anotherUser, fullDisk, openToAll, readOnlyDisk, unknownUser } from '../support/unusable-disk.js'

const program = compiledProgram('client')
const hub = localHub()
const tally = { cases: 0, crashes: 0, wrongVerdicts: 0, filesElsewhere: 0 }
afterAll(() => figure(11, 'directories that cannot be used', tally))

interface Place {
  /** The `directory` option; the user's own data directory where there is none. */
  readonly directory?: string
  readonly options?: ProcessOptions
}

interface Case {
  readonly name: string
  /** Where the records would go, and how the product is started. */
  readonly place: () => Place
}

const cases: readonly Case[] = [
  { name: 'a disk that is read-only', place: () => on(readOnlyDisk) },
  { name: 'a disk that is full', place: () => on(fullDisk) },
  {
    name: 'a directory of another user',
    place: () => ({ directory: temporaryDirectory(), options: { wrapper: anotherUser } }),
  },
  {
    name: 'a directory within one of another user',
    place: () => ({ directory: join(temporaryDirectory(), 'below'), options: { wrapper: anotherUser } }),
  },
  {
    name: 'a directory below a file',
    place: () => ({ directory: join(fileIn(temporaryDirectory()), 'below') }),
  },
  { name: 'a user that the system does not know', place: () => ({ options: { wrapper: unknownUser } }) },
  { name: 'a home that does not exist', place: () => ({ options: { wrapper: anotherUser } }) },
  { name: 'an empty HOME', place: () => ({ options: { env: { HOME: '' } } }) },
  { name: 'a relative HOME', place: () => ({ options: { env: { HOME: 'home' } } }) },
  {
    name: 'a relative XDG_DATA_HOME',
    place: () => ({ options: { env: { HOME: temporaryDirectory(), XDG_DATA_HOME: 'data' } } }),
  },
  { name: 'a HOME that is a device', place: () => ({ options: { env: { HOME: '/dev/null' } } }) },
  {
    name: 'a data directory that is a file',
    place: () => {
      const home = temporaryDirectory()
      fileIn(home, '.local/share/flavor-license')
      return { options: { env: { HOME: home } } }
    },
  },
]

const setup = (directory?: string): ClientSetup => ({
  url: hub.url,
  trustedKeys: hub.emulator.keys,
  ...(directory !== undefined && { directory }),
})

function on(disk: (directory: string) => readonly string[]): Place {
  const directory = temporaryDirectory()
  return { directory, options: { wrapper: disk(directory) } }
}

function fileIn(directory: string, name = 'file'): string {
  const path = join(directory, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'not a directory')
  return path
}

const needs: readonly Need[] = ['users besides its own', 'mounts of its own']

describeWhere(needs, 'a product on a machine with', () => {
  it.each(cases)('$name works from memory, says so once, and writes nowhere else', async ({ place }) => {
    const { directory, options } = place()
    const cwd = openToAll(temporaryDirectory())
    const key = hub.newLicense(10)
    const client = startClient(program(), setup(directory), { ...options, cwd })
    tally.cases += 1

    expect(await client.ask({ call: 'verify' })).toMatchObject({ state: 'unknown' })
    expect(await client.ask({ call: 'activate', key })).toMatchObject({ outcome: 'activated' })
    await expectLicensed(client)
    hub.emulator.setLicense(key, { status: 'revoked' })
    const revoked = { state: 'unlicensed', reason: 'revoked' }
    expect(await client.ask({ call: 'verify', options: { fresh: true } })).toMatchObject(revoked)
    expect(await client.ask({ call: 'verify', options: { offline: true } })).toMatchObject(revoked)
    hub.emulator.setLicense(key, { status: 'active' })
    expect(await client.ask({ call: 'verify', options: { fresh: true } })).toMatchObject({ state: 'licensed' })
    expect(await client.ask({ call: 'deactivate' })).toMatchObject({ outcome: 'deactivated' })
    expect(await client.ask({ call: 'verify' })).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })

    expect(client.warnings.filter((code) => code === 'storage-unavailable')).toHaveLength(1)
    await expectCleanEnd(client, cwd)
    expect(hub.slotsOf(key)).toBe(0)
  })
})

describeWhere(needs, 'a license that is on record', () => {
  it('is known on a disk that has turned read-only, and the hub is still heard', async () => {
    const directory = temporaryDirectory()
    const key = await activatedIn(directory)
    const cwd = temporaryDirectory()
    const client = startClient(program(), setup(directory), { wrapper: readOnlyDisk(directory), cwd })
    await expectLicensed(client)
    expect(client.warnings).toEqual([])
    hub.emulator.setLicense(key, { status: 'revoked' })
    const revoked = { state: 'unlicensed', reason: 'revoked' }
    expect(await client.ask({ call: 'verify', options: { fresh: true } })).toMatchObject(revoked)
    expect(await client.ask({ call: 'verify', options: { offline: true } })).toMatchObject(revoked)
    expect(client.warnings).toEqual(['storage-unavailable'])
    await expectCleanEnd(client, cwd)
  })

  it('is known by the record before, where the newest one is torn and nothing can be moved', async () => {
    const directory = temporaryDirectory()
    await activatedIn(directory)
    await renewedIn(directory)
    writeFileSync(join(directory, newestRecordIn(directory)), 'torn')
    const cwd = temporaryDirectory()
    const client = startClient(program(), setup(directory), { wrapper: readOnlyDisk(directory), cwd })
    await expectLicensed(client)
    expect(client.warnings).toEqual(['record-damaged'])
    await expectCleanEnd(client, cwd)
  })

  it('is known by the record before, where this user may not read the newest one', async () => {
    const directory = openToAll(temporaryDirectory())
    await activatedIn(directory)
    await renewedIn(directory)
    // As a job of root leaves it.
    const newest = newestRecordIn(directory)
    for (const name of readdirSync(directory)) if (name !== newest) openToAll(join(directory, name))
    const cwd = openToAll(temporaryDirectory())
    const client = startClient(program(), setup(directory), { wrapper: anotherUser, cwd })
    await expectLicensed(client)
    await expectCleanEnd(client, cwd)
  })

  it('is kept in a shared directory, where what another user left behind cannot be swept', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o1777)
    const leftover = join(directory, '.left-behind.tmp')
    writeFileSync(leftover, '')
    utimesSync(leftover, 0, 0)
    const cwd = openToAll(temporaryDirectory())
    const client = startClient(program(), setup(directory), { wrapper: anotherUser, cwd })
    expect(await client.ask({ call: 'activate', key: hub.newLicense() })).toMatchObject({ outcome: 'activated' })
    expect(client.warnings).toEqual([])
    await expectCleanEnd(client, cwd)
    expect(newestRecordIn(directory)).not.toBe('none')
  })

  it('is known and kept anew when its directory is removed while the product runs', async () => {
    const directory = join(temporaryDirectory(), 'data')
    const cwd = temporaryDirectory()
    const key = hub.newLicense()
    const client = startClient(program(), setup(directory), { cwd })
    expect(await client.ask({ call: 'activate', key })).toMatchObject({ outcome: 'activated' })
    rmSync(directory, { recursive: true })
    await expectLicensed(client)
    expect(await client.ask({ call: 'verify', options: { fresh: true } })).toMatchObject({ state: 'licensed' })
    await expectCleanEnd(client, cwd)

    const restarted = startClient(program(), setup(directory), { cwd })
    await expectLicensed(restarted)
    expect(restarted.warnings).toEqual([])
    await restarted.end()
  })
})

it('a directory option that names a file is an error of whoever set it', async () => {
  const client = startClient(program(), setup(fileIn(temporaryDirectory())))
  await expect(client.ask({ call: 'verify' })).rejects.toThrow(/^directory-is-a-file: /)
  await client.end()
})

async function expectLicensed(client: ClientProcess): Promise<void> {
  const { state } = await client.ask({ call: 'verify', options: { offline: true } })
  if (state !== 'licensed') tally.wrongVerdicts += 1
  expect(state).toBe('licensed')
}

async function expectCleanEnd(client: ClientProcess, cwd: string): Promise<void> {
  const end = await client.end()
  if (end.exitCode !== 0) tally.crashes += 1
  tally.filesElsewhere += readdirSync(cwd).length
  expect(end).toEqual({ exitCode: 0, signal: null, stderr: '' })
  expect(readdirSync(cwd)).toEqual([])
}

function newestRecordIn(directory: string): string {
  const records = readdirSync(directory).filter((name) => name.startsWith('license-v1-') && name.endsWith('.jws'))
  return records.sort().at(-1) ?? 'none'
}

async function activatedIn(directory: string): Promise<string> {
  const key = hub.newLicense()
  const client = startClient(program(), setup(directory))
  await client.ask({ call: 'activate', key })
  await client.end()
  return key
}

async function renewedIn(directory: string): Promise<void> {
  const client = startClient(program(), setup(directory))
  await client.ask({ call: 'verify', options: { fresh: true } })
  await client.end()
}
