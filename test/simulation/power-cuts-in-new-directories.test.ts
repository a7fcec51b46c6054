import { existsSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { figure } from '../process/support/proof-length.js'
import { key, machineWithPowerCuts } from './machine-with-power-cuts.js'

vi.mock('node:fs/promises', async (original) => {
  const { watched } = await import('./disk-journal.js')
  return watched(await original())
})

const tally = { states: 0, neither: 0, lost: 0 }
afterAll(() => figure(2, 'power cuts in a first activation, which makes its directories', tally))

it('a power cut in a first activation leaves no record or a right one, and none is lost once it is confirmed', async () => {
  const machine = machineWithPowerCuts()
  expect(existsSync(machine.data)).toBe(false)
  tally.states = await machine.cutDuring(
    () => machine.start().activate(key),
    async (isOver, state) => {
      const { state: verdict } = await machine.start().verify({ offline: true })
      if (!['unknown', 'licensed'].includes(verdict)) tally.neither += 1
      if (isOver && verdict !== 'licensed') tally.lost += 1
      expect({ state, verdict, tally }).toMatchObject({ tally: { neither: 0, lost: 0 } })
    },
  )
  expect(tally.states).toBeGreaterThan(5)
})
