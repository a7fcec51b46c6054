import { type Curve, drawChart } from './chart.js'
import { type FleetFigures, perMinute } from './simulate.js'

/** Requests in each minute of a day. */
export function steadyChart(figures: readonly FleetFigures[], clients: number): string {
  const curves = figures
    .filter(({ strategy }) => strategy.key === 'own' || strategy.key === 'cron')
    .map(({ strategy, scenario, arrivals }): Curve => {
      const day = perMinute(arrivals.subarray((scenario.judgedFrom - scenario.from) / 1000))
      return { label: strategy.name, key: strategy.key, points: Array.from(day, (sum, at) => [at / 60, sum]) }
    })
  return drawChart({
    title: `A fleet of ${clients.toLocaleString('en-US')} in steady state`,
    xLabel: 'hours of a day',
    yLabel: 'requests in each minute',
    xRange: [0, 24],
    xTicks: [0, 4, 8, 12, 16, 20, 24],
    yDecades: decadesOf(curves),
    curves,
  })
}

/** The busiest second of each ten, from the beginning of the outage on. */
export function outageChart(figures: readonly FleetFigures[], clients: number, minutes: number): string {
  const stepS = 10
  const shownMinutes = minutes + 60
  const curves = figures.map(({ strategy, arrivals }): Curve => {
    const points = Array.from({ length: (shownMinutes * 60) / stepS }, (_, step) => {
      const seconds = arrivals.subarray(step * stepS, (step + 1) * stepS)
      return [(step * stepS) / 60, Math.max(...seconds)] as const
    })
    return { label: strategy.name, key: strategy.key, points }
  })
  const tick = Math.max(5, Math.round(shownMinutes / 9 / 5) * 5)
  return drawChart({
    title: `${clients.toLocaleString('en-US')} clients, all due in the first second of an outage of ${minutes} minutes`,
    xLabel: 'minutes since the hub went down',
    yLabel: 'requests/s (busiest second of ten)',
    xRange: [0, shownMinutes],
    xTicks: Array.from({ length: Math.floor(shownMinutes / tick) + 1 }, (_, index) => index * tick),
    yDecades: decadesOf(curves),
    curves,
    shaded: { from: 0, to: minutes, label: 'hub down' },
  })
}

function decadesOf(curves: readonly Curve[]): number {
  const most = curves.reduce((high, { points }) => points.reduce((top, [, value]) => Math.max(top, value), high), 1)
  return Math.ceil(Math.log10(most))
}
