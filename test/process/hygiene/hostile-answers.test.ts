import { expect, it, onTestFinished } from 'vitest'
import { createEmulator, type FaultKind } from '../../../src/emulator/index.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { runGuest } from './guest-process.js'

const hostile: readonly (FaultKind & { readonly reason: string })[] = [
  { kind: 'endless-body', reason: 'too-large' },
  { kind: 'gzip-bomb', bytes: 256 * 1024 * 1024, reason: 'too-large' },
  { kind: 'huge-header', bytes: 8 * 1024 * 1024, reason: 'too-large' },
  { kind: 'slow-body', everyMs: 20, reason: 'timeout' },
  { kind: 'silence', reason: 'timeout' },
]

const patientMs = 20_000

it.each(hostile)('a hub that answers with $kind takes less than 20 MiB of memory', async ({ reason, ...fault }) => {
  const emulator = createEmulator({ rateLimit: { strategy: 'off' } })
  const { url, close } = await emulator.listen()
  onTestFinished(close)
  const warmUp = 4
  const question = (deadlineMs: number) => ['checkUpdates', { deadlineMs, fresh: true }] as const
  // On a busy machine, what does not end by a deadline must not end with one.
  const hostileDeadlineMs = reason === 'timeout' ? 400 : patientMs
  // The hub answers the first ones itself; what they load and compile is not the fault's doing.
  let asked = 0
  emulator.faults.inject({
    kind: 'respond',
    route: 'updateCheck',
    times: warmUp,
    respond: (_request, answer) => {
      asked += 1
      if (asked === warmUp) emulator.faults.inject({ ...fault, route: 'updateCheck' })
      return answer()
    },
  })
  const { report } = await runGuest({
    moduleSystem: 'esm',
    calls: [
      ['activate', 'FLVR-ABCD-EFGH-IJKL-MNOP', { deadlineMs: patientMs }],
      ...Array.from({ length: warmUp }, () => question(patientMs)),
      ...Array.from({ length: 5 }, () => question(hostileDeadlineMs)),
    ],
    options: {
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      directory: temporaryDirectory(),
      hub: { url, trustedKeys: emulator.keys },
    },
  })
  expect(report.answers.slice(1, 1 + warmUp)).toMatchObject(
    Array.from({ length: warmUp }, () => ({ outcome: 'available' })),
  )
  expect(report.answers.slice(1 + warmUp)).toMatchObject(
    Array.from({ length: 5 }, () => ({ outcome: 'deferred', reason })),
  )
  const [before = 0, ...after] = report.memory.slice(warmUp)
  expect(Math.max(...after) - before).toBeLessThan(20 * 1024 * 1024)
})
