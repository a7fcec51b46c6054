import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createLicenseClient, type LicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { createTestbed } from 'flavor-license/testing'
import { run } from './commands.js'

const product = { slug: 'flavor-starter', version: '1.4.2' }

/** What a person types, and reads. */
function terminal(license: LicenseClient) {
  return async (command: string, key = '') => {
    const lines: string[] = []
    const exitCode = await run([command], { license, readKey: async () => key, print: (line) => lines.push(line) })
    return { exitCode, lines }
  }
}

test('a key works on one computer until it is given up there', async () => {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  after(() => hub.close())
  const computer = async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tidy-'))
    const trusted = { url: hub.url, trustedKeys: emulator.keys }
    const license = createLicenseClient({ product, domain: 'auto', hub: trusted, directory })
    after(() => license.close().then(() => rm(directory, { recursive: true })))
    return terminal(license)
  }
  const [first, second] = [await computer(), await computer()]
  const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

  assert.deepEqual(await first('report'), {
    exitCode: 3,
    lines: ['No license has been activated here yet. Enter a license key to activate this product. (tidy activate)'],
  })
  assert.deepEqual(await first('activate', ' flvr-abcd-efgh-ijkl-mnop '), {
    exitCode: 0,
    lines: ['Thank you. Your license FLVR-****-****-****-MNOP: The license is active.'],
  })
  assert.deepEqual(await first('report'), { exitCode: 0, lines: ['3 files are untidy.'] })

  assert.equal((await second('activate', key)).exitCode, 3)
  await first('deactivate')
  assert.equal((await second('activate', key)).exitCode, 0)
  assert.equal((await first('report')).exitCode, 3)
})

test('on day 10 without a network it works and says so; on day 20 it asks for one', async () => {
  const testbed = createTestbed({ product, domain: 'auto' })
  const tidy = terminal(testbed.license)
  await testbed.grantLicense()

  testbed.goOffline()
  await testbed.advance({ days: 10 })
  const tenth = await tidy('report')
  assert.equal(tenth.exitCode, 0)
  assert.match(tenth.lines.join('\n'), /^Note: your license .*\n3 files are untidy\.$/)

  await testbed.advance({ days: 10 })
  const twentieth = await tidy('report')
  assert.equal(twentieth.exitCode, 3)
  assert.match(twentieth.lines.join(), /Connect this computer to the internet/)
})

test('an unknown command is told what there is', async () => {
  const { exitCode, lines } = await terminal(createTestbed().license)('toString')
  assert.deepEqual(
    { exitCode, lines },
    { exitCode: 2, lines: ['Usage: tidy activate | license | deactivate | report'] },
  )
})
