import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'

/** With one thread for all file work, the order of its system calls is the program's own. */
export const oneFileThread: Readonly<Record<string, string>> = { UV_THREADPOOL_SIZE: '1' }

/** One system call of an operation: the `occurrence`-th of its name, counted from 1. */
export interface SystemCall {
  readonly name: string
  readonly occurrence: number
  /** Node's threads wake each other by writing to a counter, which touches no file. */
  readonly wakesThread?: boolean
}

/**
 * Has a process killed the moment it enters a system call of its file work, counted from now on; the call takes no
 * effect any more. The process must run with {@link oneFileThread}, and must have touched a file.
 */
export async function killAtSystemCall(pid: number, { name, occurrence }: SystemCall): Promise<void> {
  await trace(pid, '/dev/null', [name], ['-e', `inject=${name}:signal=KILL:when=${occurrence}`])
}

/** All system calls of these names in the file work of `operation`. */
export async function systemCallsOf(
  pid: number,
  names: readonly string[],
  operation: () => Promise<unknown>,
): Promise<readonly SystemCall[]> {
  const log = join(temporaryDirectory(), 'system-calls')
  const tracer = await trace(pid, log, names)
  await operation()
  tracer.kill('SIGINT')
  await once(tracer, 'close')

  const counts = new Map<string, number>()
  return readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => ({ line, name: line.slice(0, Math.max(0, line.indexOf('('))) }))
    .filter(({ name }) => names.includes(name))
    .map(({ line, name }) => {
      const occurrence = (counts.get(name) ?? 0) + 1
      counts.set(name, occurrence)
      return { name, occurrence, wakesThread: line.includes(threadWakeUp) }
    })
}

/** As strace prints the eight bytes of a one. */
const threadWakeUp = '"\\1\\0\\0\\0\\0\\0\\0\\0", 8)'

async function trace(
  pid: number,
  log: string,
  names: readonly string[],
  more: readonly string[] = [],
): Promise<ChildProcess> {
  const words = ['-p', String(fileThread(pid)), '-o', log, '-e', `trace=${names.join(',')}`, ...more]
  const tracer = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void tracer.kill('SIGKILL'))
  // It says so once it is attached.
  await once(tracer.stderr, 'data')
  return tracer
}

/** Node starts this thread with the first file that it touches, after all others. */
function fileThread(pid: number): number {
  return Math.max(...readdirSync(`/proc/${pid}/task`).map(Number))
}
