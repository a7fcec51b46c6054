/**
 * A host that activates and verifies on a directory whose lock is taken, and tells what that has changed of its
 * process. Arguments: the entry point, how to load it, the options, and the key.
 */
import fs, { writeSync } from 'node:fs'
import promises from 'node:fs/promises'
import { createRequire } from 'node:module'
// Node changes `process` itself when one of these is loaded first, which is not to be taken for ours.
import 'node:worker_threads'

const [entry, moduleSystem, options, key] = process.argv.slice(2)
const watched = { process, fs, promises, eventEmitter: process.constructor.prototype }

function pictureOf(object) {
  return new Map(Reflect.ownKeys(object).map((name) => [name, Object.getOwnPropertyDescriptor(object, name)]))
}

function listenersOf(emitter) {
  return emitter.eventNames().flatMap((name) => emitter.rawListeners(name).map((listener) => [name, listener]))
}

function differences(before, after) {
  const names = new Set([...before.keys(), ...after.keys()])
  const parts = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable']
  return [...names]
    .filter((name) => parts.some((part) => !Object.is(before.get(name)?.[part], after.get(name)?.[part])))
    .map(String)
}

const pictures = Object.values(watched).map(pictureOf)
const listeners = listenersOf(process)

const { createLicenseClient } = moduleSystem === 'cjs' ? createRequire(import.meta.url)(entry) : await import(entry)
const client = createLicenseClient(JSON.parse(options))
const { outcome } = await client.activate(key)
const { state } = await client.verify({ fresh: true })

const changed = Object.values(watched).flatMap((object, position) => differences(pictures[position], pictureOf(object)))
const added = listenersOf(process)
  .slice(listeners.length)
  .map(([name]) => String(name))
const ended = performance.now()
process.once('exit', () => {
  writeSync(1, JSON.stringify({ outcome, state, changed, added, exitDelayMs: performance.now() - ended }))
})
