import { table } from '../statistics.js'
import type { FleetFigures } from './simulate.js'

const columns = [
  'what happens',
  'strategy',
  'requests/s: mean',
  'p99',
  'peak',
  'minutes: peak/mean',
  'attempts: mean',
  'most',
  'last one served after',
  'answered 429',
  'lost',
]

/** The figures as a table in Markdown. */
export function fleetTable(figures: readonly FleetFigures[]): string {
  const rows = figures.map((row) => [
    row.scenario.title,
    row.strategy.name,
    row.mean.toFixed(1),
    count(row.p99),
    count(row.peak),
    row.scenario.key === 'steady' ? row.minutePeakToMean.toFixed(2) : '',
    row.scenario.key === 'steady' ? '' : row.meanAttempts.toFixed(1),
    row.scenario.key === 'steady' ? '' : count(row.mostAttempts),
    row.scenario.outage ? duration(row.recoveryMs) : '',
    row.scenario.answersPerSecond === null ? '' : count(row.overflow),
    count(row.lost),
  ])
  return table(columns, rows)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 120 * 60_000 ? `${(ms / 60_000).toFixed(1)} min` : `${(ms / 3_600_000).toFixed(1)} h`
}
