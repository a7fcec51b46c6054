import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** The environment without settings of the person who runs the demo, so that it does the same on every machine. */
const cleanEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('FLAVOR_LICENSE_')),
)

/** Runs one command to its end: its exit code and the JSON object that it printed. */
export async function runCommand(words, input = '') {
  const child = spawn(process.execPath, [program, ...words, '--json'], { env: cleanEnvironment })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [printed, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { exitCode, answer: JSON.parse(printed), complaint }
}

/** Starts the hub, and answers once it is ready. */
export async function startHub(words) {
  const child = spawn(process.execPath, [program, 'emulator', '--verbose', ...words], {
    env: cleanEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const log = []
  createInterface({ input: child.stderr }).on('line', (entry) => log.push(entry))
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    closed.then(([exitCode]) => {
      throw new Error(`The hub did not start (exit code ${exitCode}): ${log.join(' ')}`)
    }),
  ])
  return {
    ...JSON.parse(line),
    /** The paths of the requests that reached it, in order. Complete once it has stopped. */
    requests: () => log.map((entry) => entry.split(' ')[3]),
    stop: async () => {
      child.kill('SIGTERM')
      const [exitCode] = await closed
      return exitCode
    },
  }
}
