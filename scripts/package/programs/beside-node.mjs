// A product under another runtime than Node, with its hub in Node: node beside-node.mjs COMMAND WORD ...
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createEmulator } from 'flavor-license/emulator'
import { openHub } from './hub.cjs'

const [command, ...words] = process.argv.slice(2)
const hub = await openHub(createEmulator)
const env = { ...process.env, HUB_OPTIONS: JSON.stringify(hub.options) }
const [exitCode] = await once(spawn(command, words, { stdio: 'inherit', env }), 'exit')
await hub.close()
process.exitCode = exitCode ?? 1
