import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.js'

const freshSeed = Number(process.env['SIMULATION_SEED'] ?? Date.now() % 2 ** 31)
const days = Number(process.env['SIMULATION_DAYS'] ?? 60)
const processes = Number(process.env['SIMULATION_PROCESSES'] ?? 4)

describe('a simulated machine', () => {
  it.each([
    ['a fixed seed', 20_261_124],
    ['a fresh seed', freshSeed],
  ])(
    'keeps to the rules with %s (%i)',
    async (_name, seed) => {
      const report = await simulate({ seed, days, processes })
      process.stdout.write(
        `simulation: ${JSON.stringify({ seed, days, processes, ...report, violations: report.violations.length })}\n`,
      )
      expect(report.violations).toEqual([])
      expect(report.kills).toBeGreaterThan(0)
    },
    3_600_000,
  )

  it('lives the same life again with the same seed', async () => {
    const options = { seed: 7, days: 10, processes: 2 }
    expect(await simulate(options)).toEqual(await simulate(options))
  })
})
