import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createEmulator, type Fault } from '../../../src/emulator/index.js'
import { createLicenseClient } from '../../../src/index.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { figure } from '../support/proof-length.js'
import { runGuest } from './guest-process.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
/** On a busy machine, what does not end by a deadline must not end with one. */
const patientMs = 20_000

const hostile: readonly (Fault & { readonly outcome: string })[] = [
  { kind: 'endless-file', outcome: 'refused' },
  { kind: 'endless-body', outcome: 'refused' },
  { kind: 'gzip-bomb', bytes: 256 * 1024 * 1024, outcome: 'deferred' },
  { kind: 'huge-header', bytes: 8 * 1024 * 1024, outcome: 'deferred' },
  { kind: 'slow-body', bytes: 1, everyMs: 20, outcome: 'deferred' },
  { kind: 'stalled-body', bytes: 1_000, outcome: 'deferred' },
  { kind: 'silence', outcome: 'deferred' },
]

it.each(hostile)(
  'a file in whose place comes $kind takes less than 20 MiB of memory',
  async ({ outcome, ...fault }) => {
    const emulator = createEmulator({ rateLimit: { strategy: 'off' } })
    const { url, close } = await emulator.listen()
    onTestFinished(close)
    const product = { slug: 'flavor-starter', version: '1.4.2' }
    const hub = { url, trustedKeys: emulator.keys, limits: { download: { limit: 1_000 } } }
    const options = { product, domain: 'mysite.com', directory: temporaryDirectory(), hub }
    const author = createLicenseClient({ ...options, directory: temporaryDirectory() })
    onTestFinished(() => author.close())
    await author.activate(key)
    const found = await author.checkUpdates()
    const release = found.outcome === 'available' ? found.release : null

    // The first ones arrive; what they load and compile is not the fault's doing.
    const warmUp = 4
    const attempts = 5
    const files = temporaryDirectory()
    const question = (turn: number): readonly [string, ...unknown[]] => [
      'downloadUpdate',
      release,
      { directory: join(files, String(turn)), deadlineMs: turn < warmUp || outcome === 'refused' ? patientMs : 400 },
    ]
    emulator.faults.inject({ ...fault, route: 'updateDownload', after: warmUp })
    const { report } = await runGuest({
      moduleSystem: 'esm',
      calls: [
        ['activate', key, { deadlineMs: patientMs }],
        ...Array.from({ length: warmUp + attempts }, (_, turn) => question(turn)),
      ],
      options,
    })
    const outcomes = report.answers.slice(1).map((answer) => Object.assign({ outcome: '' }, answer).outcome)
    expect(outcomes).toEqual([...Array(warmUp).fill('downloaded'), ...Array(attempts).fill(outcome)])
    const [before = 0, ...after] = report.memory.slice(warmUp)
    const growth = Math.max(...after) - before
    figure(7, `download: ${fault.kind}`, { growthMiB: growth / 1_048_576 })
    expect(growth).toBeLessThan(20 * 1024 * 1024)
  },
)
