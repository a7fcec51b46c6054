// A host's program: it embeds the built package, asks once and comes to its end. What it finds out about itself goes
// to file descriptor 3, written synchronously, so that the report itself leaves no handle behind.
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'

const { moduleSystem, options, calls } = JSON.parse(process.argv[2] ?? '{}')

// Node opens these when they are first mentioned, which it does itself sooner or later.
for (const stream of [process.stdout, process.stderr]) stream.writable

const listenersOf = () => process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`)
const before = {
  listeners: listenersOf(),
  globals: new Set(Reflect.ownKeys(globalThis)),
  resources: process.getActiveResourcesInfo(),
  environment: { ...process.env },
}

const { createLicenseClient } =
  moduleSystem === 'esm' ? await import('flavor-license') : createRequire(import.meta.url)('flavor-license')

const client = createLicenseClient(options)
const answers = []
const memory = []
for (const [method, ...parameters] of calls) {
  answers.push(await client[method](...parameters))
  memory.push(process.resourceUsage().maxRSS * 1_024)
}

const dispatcher = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
const globalsAfter = Reflect.ownKeys(globalThis)
const resources = process.getActiveResourcesInfo()
// Loaded only now, since it claims the dispatcher itself where there is none.
const { Agent } = createRequire(import.meta.url)('undici')
writeSync(
  3,
  JSON.stringify({
    answers,
    memory,
    listenersAdded: listenersOf().filter((listener) => !before.listeners.includes(listener)),
    globalsAdded: globalsAfter.filter((name) => !before.globals.has(name)).map(String),
    environmentChanged: JSON.stringify(before.environment) !== JSON.stringify({ ...process.env }),
    dispatcherReplaced: dispatcher instanceof Agent,
    resources: resources.filter((resource) => !before.resources.includes(resource)),
    endedAt: Date.now(),
  }),
)
