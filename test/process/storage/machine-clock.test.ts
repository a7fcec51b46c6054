import { afterAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { ClientCommand, ClientSetup } from '../support/client-command.js'
import { type ClientProcess, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'
import { figure } from '../support/proof-length.js'

const program = compiledProgram('client')
const hub = localHub()
const tally = { starts: 0, wrongVerdicts: 0 }
afterAll(() => figure(9, 'real processes under a clock that is set', tally))

const days = (count: number) => `${count < 0 ? '' : '+'}${count}d`
const offline: ClientCommand & { readonly call: 'verify' } = { call: 'verify', options: { offline: true } }
const online: ClientCommand & { readonly call: 'verify' } = { call: 'verify' }

interface Installation {
  readonly setup: ClientSetup
  readonly key: string
}

function newInstallation(): Installation {
  const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory: temporaryDirectory() }
  return { setup, key: hub.newLicense() }
}

/** The product starts on a machine whose clock has been set, says one thing, and ends. The hub's clock is right. */
async function started<Answer>(
  { setup }: Installation,
  clock: string,
  say: (client: ClientProcess) => Promise<Answer>,
): Promise<Answer> {
  const client = startClient(program(), setup, {
    wrapper: ['faketime', '-f', clock],
    // Without it, timers would run on the faked time too.
    env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  })
  tally.starts += 1
  const answer = await say(client)
  expect(await client.end()).toEqual({ exitCode: 0, signal: null, stderr: '' })
  return answer
}

/** What the product finds on a machine with such a clock. */
async function expectVerdict(
  installation: Installation,
  clock: string,
  command: ClientCommand & { readonly call: 'verify' },
  expected: object,
): Promise<void> {
  const verdict = await started(installation, clock, (client) => client.ask(command))
  const matches = Object.entries(expected).every(
    ([name, value]) => new Map(Object.entries(verdict)).get(name) === value,
  )
  if (!matches) tally.wrongVerdicts += 1
  expect({ clock, verdict }).toMatchObject({ clock, verdict: expected })
}

const activate = (installation: Installation, clock: string) =>
  started(installation, clock, async (client) => {
    const answer = await client.ask({ call: 'activate', key: installation.key })
    expect(answer).toMatchObject({ outcome: 'activated', verdict: { state: 'licensed' } })
  })

/** The hub is away, and what the client notes about that is forgotten with the fault. */
async function whileTheHubIsAway(work: () => Promise<void>): Promise<void> {
  hub.emulator.faults.inject({ kind: 'drop' })
  await work()
  hub.emulator.faults.clear()
}

describeWhere(['faketime'], 'on a machine whose clock is set', () => {
  it('back by a month, a license gains nothing and loses nothing', async () => {
    const installation = newInstallation()
    await activate(installation, days(0))
    await expectVerdict(installation, days(-30), offline, { state: 'licensed' })

    await expectVerdict(installation, days(10), offline, { state: 'grace', reason: 'not-asked-yet' })
    // Ten days have certainly passed, whatever the clock says now.
    await expectVerdict(installation, days(-30), offline, { state: 'grace', reason: 'not-asked-yet' })
    await expectVerdict(installation, days(1), offline, { state: 'grace', reason: 'not-asked-yet' })
  })

  it('back after the grace period has ended, a license that is over stays so until the hub speaks', async () => {
    const installation = newInstallation()
    await activate(installation, days(0))
    await expectVerdict(installation, days(20), offline, { state: 'unlicensed', reason: 'grace-over' })
    await whileTheHubIsAway(async () => {
      await expectVerdict(installation, days(0), online, { state: 'unlicensed', reason: 'clock', source: 'record' })
      await expectVerdict(installation, days(-30), online, { state: 'unlicensed', reason: 'clock', source: 'record' })
    })
    await expectVerdict(installation, days(0), online, { state: 'licensed', source: 'hub' })
    await expectVerdict(installation, days(0), offline, { state: 'licensed', source: 'record' })
  })

  it.each([-400, -30])('back by %i days after an activation, the hub is asked at once', async (back) => {
    const installation = newInstallation()
    await activate(installation, days(-back))
    hub.emulator.setLicense(installation.key, { status: 'revoked' })
    await whileTheHubIsAway(() => expectVerdict(installation, days(0), online, { state: 'licensed', source: 'record' }))
    // The connection that broke holds the next attempt back for minutes.
    await expectVerdict(installation, '+10m', online, { state: 'unlicensed', reason: 'revoked', source: 'hub' })
  })

  it('a license that has expired does not come back with the clock', async () => {
    const installation = newInstallation()
    const expiresAt = Date.now() + 5 * 86_400_000
    hub.emulator.setLicense(installation.key, { expiresAt })
    await activate(installation, days(0))
    await expectVerdict(installation, days(6), offline, { state: 'unlicensed', reason: 'expired' })
    await expectVerdict(installation, days(-30), offline, { state: 'unlicensed', reason: 'clock' })
    await expectVerdict(installation, days(-30), online, { state: 'licensed', source: 'hub' })
  })

  it.each([-400, -30, 30, 400])('wrong by %i days all the time, a license lives as long as anywhere', async (off) => {
    const installation = newInstallation()
    await activate(installation, days(off))
    await expectVerdict(installation, days(off), offline, { state: 'licensed' })
    await expectVerdict(installation, days(off + 10), offline, { state: 'grace', reason: 'not-asked-yet' })
    await expectVerdict(installation, days(off + 20), offline, { state: 'unlicensed', reason: 'grace-over' })
    await expectVerdict(installation, days(off), online, { state: 'licensed', source: 'hub' })
  })
})
