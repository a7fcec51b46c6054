import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { ClientSetup } from '../support/client-command.js'
import { startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'

const program = compiledProgram('client')
const hub = localHub()

interface Start {
  readonly outcome: string
  readonly reason: string | null
  readonly warnings: readonly string[]
}

/** A container starts from its image, activates what its configuration says, and is thrown away with its files. */
async function containerStarts(key: string, setup: Partial<ClientSetup>, home?: string): Promise<Start> {
  const client = startClient(
    program(),
    { url: hub.url, trustedKeys: hub.emulator.keys, ...setup },
    { env: { HOME: home ?? temporaryDirectory() } },
  )
  const answer = await client.ask({ call: 'activate', key })
  await client.end()
  const { outcome } = answer
  return { outcome, reason: outcome === 'refused' ? answer.reason : null, warnings: client.warnings }
}

const activated: Start = { outcome: 'activated', reason: null, warnings: [] }

it('two containers of one site take one slot: the hub counts domains', async () => {
  const key = hub.newLicense()
  expect(await containerStarts(key, { domain: 'mysite.com' })).toEqual(activated)
  expect(await containerStarts(key, { domain: 'mysite.com' })).toEqual(activated)
  expect(hub.slotsOf(key)).toBe(1)
})

it('without a site, without a volume and without an id, each container takes a slot, until none is left', async () => {
  const key = hub.newLicense(2)
  expect(await containerStarts(key, { domain: 'auto' })).toEqual(activated)
  expect(await containerStarts(key, { domain: 'auto' })).toEqual(activated)
  expect(hub.slotsOf(key)).toBe(2)
  expect(await containerStarts(key, { domain: 'auto' })).toMatchObject({
    outcome: 'refused',
    reason: 'limit-reached',
  })
})

it('with an id from the author, all of them take one slot', async () => {
  const key = hub.newLicense()
  const setup = { domain: 'auto', installationId: 'shop-worker-7' }
  for (let start = 0; start < 3; start += 1) expect(await containerStarts(key, setup)).toEqual(activated)
  expect(hub.slotsOf(key)).toBe(1)
})

it('with a volume, all of them take one slot', async () => {
  const key = hub.newLicense()
  const volume = temporaryDirectory()
  for (let start = 0; start < 3; start += 1) {
    expect(await containerStarts(key, { domain: 'auto', directory: volume })).toEqual(activated)
  }
  expect(hub.slotsOf(key)).toBe(1)
})

it('a container that cannot keep an id says what that costs, unless it was given one', async () => {
  const key = hub.newLicense(2)
  const noHome = '/dev/null'
  const { warnings } = await containerStarts(key, { domain: 'auto' }, noHome)
  expect(warnings.filter((code) => code === 'installation-not-kept')).toHaveLength(1)
  const given = await containerStarts(key, { domain: 'auto', installationId: 'shop-worker-7' }, noHome)
  expect(given.warnings).not.toContain('installation-not-kept')
})
