// What a fleet of machines does to the hub, on a virtual clock: npm run fleet -- --clients N --outage M --window W --seed S
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { outageChart, steadyChart } from './fleet-charts.js'
import { fleetTable } from './fleet-table.js'
import { ownStrategy } from './own-client.js'
import { peerStrategies } from './peer-clients.js'
import { outage, restartTogether, type Scenario, steadyState } from './scenario.js'
import { type FleetFigures, simulate } from './simulate.js'

const { values } = parseArgs({
  options: {
    clients: { type: 'string' },
    outage: { type: 'string', default: '30' },
    window: { type: 'string' },
    seed: { type: 'string', default: '1' },
    images: { type: 'string' },
  },
})
const steadyClients = wholeNumber('clients', values.clients ?? '1000000', 1)
const eventClients = wholeNumber('clients', values.clients ?? '10000', 1)
const minutes = wholeNumber('outage', values.outage, 0)
const windowMinutes = wholeNumber('window', values.window ?? String(minutes), 0)
const seed = wholeNumber('seed', values.seed, 0)

const steady = run(steadyState(), steadyClients)
const restart = run(restartTogether(), eventClients)
const outages =
  minutes === 0
    ? []
    : (['spread', 'together', 'announced', 'weak'] as const).map((kind) =>
        run(outage(kind, minutes, windowMinutes), eventClients),
      )
const together = outages[1]

console.log(
  `\nSteady state: ${steadyClients} clients. Everything else: ${eventClients} clients. Outage: ${minutes} min. Seed: ${seed}.\n`,
)
console.log(fleetTable([...steady, ...restart, ...outages.flat()]))

if (values.images !== undefined) {
  mkdirSync(values.images, { recursive: true })
  writeFileSync(join(values.images, 'fleet-steady.svg'), steadyChart(steady, steadyClients))
  if (together) writeFileSync(join(values.images, 'fleet-outage.svg'), outageChart(together, eventClients, minutes))
}

const own = [...steady, ...restart, ...outages.flat()].filter(({ strategy }) => strategy === ownStrategy)
if (own.some(({ lost }) => lost > 0)) {
  console.error('Some clients of this library were never served.')
  process.exitCode = 1
}

function run(scenario: Scenario, clients: number): readonly FleetFigures[] {
  return [ownStrategy, ...peerStrategies].map((strategy) => {
    console.error(`${scenario.title}: ${strategy.name}`)
    return simulate(strategy, scenario, { clients, seed })
  })
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
  console.error(`--${option} takes a whole number of at least ${least}.`)
  process.exit(2)
}
