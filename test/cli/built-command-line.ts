import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const program: string = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
}

/** Nothing of the environment of whoever runs the tests reaches the command. */
function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(FLAVOR_LICENSE_|NO_COLOR|FORCE_COLOR)/.test(name),
  )
  return { ...Object.fromEntries(inherited), ...env }
}

export function start(words: readonly string[], { env, cwd }: RunOptions = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...words], { env: environment(env), cwd })
}

/** Runs the program that users run, to its end. Standard input is empty unless given. */
export async function runBuilt(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = start(words, options)
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  return ended(child)
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  return { exitCode: child.exitCode, stdout, stderr }
}

export interface ReadyLine {
  readonly url: string
  readonly keys: Readonly<Record<string, string>>
  readonly pid: number
  readonly accounts: readonly { readonly type: string; readonly email: string; readonly password: string }[]
}

export interface Running {
  /** Of standard output. */
  readonly lines: readonly string[]
  /** Of standard error. */
  readonly complaints: readonly string[]
  /** Sends the signal and answers the exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>
}

export interface RunningHub extends Running, ReadyLine {}

/** Starts `flavor-license emulator` and waits for its line. */
export async function startHub(words: readonly string[] = []): Promise<RunningHub> {
  const running = await startRunning(['emulator', '--port', '0', ...words])
  const ready: ReadyLine = JSON.parse(running.lines[0] ?? 'null')
  return { ...ready, ...running }
}

/** Starts a command that runs until it is stopped, and waits for the line that says that it is ready. */
export async function startRunning(words: readonly string[], options?: RunOptions): Promise<Running> {
  const child = start(words, options)
  // A test that fails does not come to the line in which it stops what it has started.
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close')
  const lines: string[] = []
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await Promise.race([once(reader, 'line'), closed])
  return {
    lines,
    complaints,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await closed
      return child.exitCode
    },
  }
}
