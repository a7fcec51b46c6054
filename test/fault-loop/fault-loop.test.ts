import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Failure, failingSeam, rejectingSeam } from './failing-seam.js'
import { liveOnce, type Seams } from './scripted-life.js'

type Wrap = (failure: Failure, count: (calls: () => number) => void) => (seams: Seams) => Seams

const fileSeams = [
  'makeDirectories',
  'list',
  'read',
  'create',
  'createVolatile',
  'rename',
  'link',
  'remove',
  'syncDirectory',
  'status',
] as const

const onFiles =
  (method: (typeof fileSeams)[number]): Wrap =>
  (failure, count) =>
  (seams) => {
    const { port, calls } = rejectingSeam(seams.files, method, failure)
    count(calls)
    return { ...seams, files: port }
  }

const onPort =
  <Name extends keyof Seams['ports']>(name: Name, method: keyof Seams['ports'][Name]): Wrap =>
  (failure, count) =>
  (seams) => {
    const { port, calls } = failingSeam(seams.ports[name], method, failure)
    count(calls)
    return { ...seams, ports: { ...seams.ports, [name]: port } }
  }

const onTransport: Wrap = (failure, count) => (seams) => {
  const { port, calls } = rejectingSeam(seams.ports.transport, 'send', failure)
  count(calls)
  return { ...seams, ports: { ...seams.ports, transport: port } }
}

const seams: readonly (readonly [string, Wrap])[] = [
  ...fileSeams.map((method) => [`files.${method}`, onFiles(method)] as const),
  ['clock.now', onPort('clock', 'now')],
  ['clock.monotonic', onPort('clock', 'monotonic')],
  ['random.bytes', onPort('random', 'bytes')],
  ['random.fraction', onPort('random', 'fraction')],
  ['hash.sha256', onPort('hash', 'sha256')],
  ['signature.sign', onPort('signature', 'sign')],
  ['signature.verify', onPort('signature', 'verify')],
  ['signature.publicKey', onPort('signature', 'publicKey')],
  ['transport.send', onTransport],
]

/** All of `FAULT_LOOP=all`; otherwise each seam's first calls and a sample of the later ones. */
const thorough = process.env['FAULT_LOOP'] === 'all'
const nextCall = (call: number) => (thorough || call < 4 ? call + 1 : Math.ceil(call * 1.8))

const ioError = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
const answers = ['activated', 'refused', 'deferred', 'deactivated', 'not-activated', 'available', 'current']
const states = ['licensed', 'grace', 'unlicensed', 'unknown']

describe('a seam that fails', () => {
  const crashes: unknown[] = []
  const note = (error: unknown) => crashes.push(error)
  let runs = 0
  beforeAll(() => {
    process.on('unhandledRejection', note)
    process.on('uncaughtException', note)
  })
  afterAll(() => {
    process.off('unhandledRejection', note)
    process.off('uncaughtException', note)
    process.stdout.write(`fault loop: ${runs} runs, ${crashes.length} crashes\n`)
  })

  it('leaves a healthy life as it is when none does', async () => {
    expect(await liveOnce((healthy) => healthy)).toEqual({
      outcomes: [
        'activated',
        'licensed',
        'licensed',
        'activated',
        'available',
        'grace',
        'licensed',
        'licensed',
        'deactivated',
        'activated',
      ],
      survivor: 'licensed',
    })
  })

  it.each(seams)(
    '%s costs neither an answer nor the record, once or for ever',
    async (_name, wrap) => {
      for (const lasting of [false, true]) {
        for (let call = 1, untouched = false; !untouched; call = nextCall(call)) {
          let made = () => 0
          const life = await liveOnce(
            wrap({ call, lasting, error: ioError }, (calls) => {
              made = calls
            }),
          )
          runs += 1
          untouched = made() < call
          for (const outcome of life.outcomes) expect([...answers, ...states]).toContain(outcome)
          // Every life ends with an activation. Where it was confirmed and the disk has recovered, its record is there.
          const confirmed = life.outcomes.at(-1) === 'activated'
          if (confirmed && !lasting) expect(`${call}: ${life.survivor}`).toBe(`${call}: licensed`)
        }
      }
      expect(crashes).toEqual([])
    },
    3_600_000,
  )
})
