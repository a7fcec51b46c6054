import { afterAll, describe, expect, it } from 'vitest'
import { figure, proveAtLength } from '../process/support/proof-length.js'
import { createWorld, type World } from './world.js'

/** Of how many changes every combination is tried; all that occur, in `npm run prove`. */
const changesTold = proveAtLength ? 5 : 1

const firstKey = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const secondKey = 'FLVR-BUSI-NESS-0000-0001'

interface Scene {
  readonly name: string
  /** What is on disk, for certain, before. */
  prepare(world: World): Promise<unknown>
  /** What the power fails in. */
  act(client: ReturnType<World['start']>['client']): Promise<unknown>
  /** What the machine may know afterwards without asking: the state before, the state after, never neither. */
  readonly allowed: readonly string[]
}

const scenes: readonly Scene[] = [
  {
    name: 'a renewal',
    prepare: (world) => world.start().client.activate(firstKey),
    act: (client) => client.verify({ fresh: true }),
    allowed: ['licensed starter'],
  },
  {
    name: 'another key',
    prepare: (world) => world.start().client.activate(firstKey),
    act: (client) => client.activate(secondKey),
    allowed: ['licensed starter', 'licensed business'],
  },
  {
    name: 'a deactivation',
    prepare: (world) => world.start().client.activate(firstKey),
    act: (client) => client.deactivate(),
    allowed: ['licensed starter', 'unlicensed'],
  },
  {
    name: 'a first activation',
    prepare: async () => undefined,
    act: (client) => client.activate(firstKey),
    allowed: ['unknown', 'licensed starter'],
  },
]

/** Cuts the power at the `call`-th call to the disk; of the changes not forced to it, those in `mask` survive. */
async function cutAt(
  scene: Scene,
  call: number,
  mask: number,
): Promise<{ state: string; unforced: number; died: boolean }> {
  const world = createWorld(call)
  await scene.prepare(world)
  const process = world.start()
  process.killAfter(call)
  const died = await Promise.race([scene.act(process.client).then(() => false), process.died.then(() => true)])
  const unforced = world.disk.unforced()
  let change = 0
  world.disk.cutPower(() => {
    const survives = change < 31 && ((mask >> change) & 1) === 1
    change += 1
    return survives ? 0.75 : 0.25
  })
  const verdict = await world.start().client.verify({ offline: true })
  return { state: 'tier' in verdict ? `${verdict.state} ${verdict.tier}` : verdict.state, unforced, died }
}

describe('a power cut in', () => {
  let cuts = 0
  let lost = 0
  afterAll(() => figure(2, 'power cuts while a record changes', { states: cuts, lost }))

  it.each(scenes)(
    '$name leaves the old record or the new one, whatever of the rest survives',
    async (scene) => {
      for (let call = 1, died = true; died; call += 1) {
        let states = 1
        for (let mask = 0; mask < states; mask += 1) {
          const outcome = await cutAt(scene, call, mask)
          died = outcome.died
          states = 2 ** Math.min(outcome.unforced, changesTold)
          cuts += 1
          if (!scene.allowed.includes(outcome.state)) lost += 1
          expect(scene.allowed, `call ${call}, surviving ${mask.toString(2)}`).toContain(outcome.state)
        }
      }
    },
    600_000,
  )
})
