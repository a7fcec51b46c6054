import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { json, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { LicenseClientOptions } from '../../../src/index.js'

export interface GuestTask {
  readonly moduleSystem: 'esm' | 'cjs'
  readonly options: LicenseClientOptions
  /** Methods of the client with their parameters. */
  readonly calls: readonly (readonly [method: string, ...parameters: readonly unknown[]])[]
}

interface GuestReport {
  readonly answers: readonly unknown[]
  /** The most memory that was resident until the end of each call, bytes. */
  readonly memory: readonly number[]
  readonly listenersAdded: readonly string[]
  readonly globalsAdded: readonly string[]
  readonly environmentChanged: boolean
  /** Whether the host's own `fetch` would now go through the agent of this package. */
  readonly dispatcherReplaced: boolean
  /** What was not there at the beginning and keeps the process alive after its last statement. */
  readonly resources: readonly string[]
  /** Epoch milliseconds of its last statement. */
  readonly endedAt: number
}

const reportSchema: v.GenericSchema<unknown, GuestReport> = v.object({
  answers: v.array(v.unknown()),
  memory: v.array(v.number()),
  listenersAdded: v.array(v.string()),
  globalsAdded: v.array(v.string()),
  environmentChanged: v.boolean(),
  dispatcherReplaced: v.boolean(),
  resources: v.array(v.string()),
  endedAt: v.number(),
})

export interface GuestRun {
  readonly report: GuestReport
  readonly printed: string
  readonly exitCode: number | null
  /** From the guest's last statement to the end of its process, milliseconds. */
  readonly exitDelayMs: number
}

const program = fileURLToPath(new URL('guest.mjs', import.meta.url))

/** @param environment - All that the guest's environment holds beside the path. */
export async function runGuest(task: GuestTask, environment: Readonly<Record<string, string>> = {}): Promise<GuestRun> {
  // Compiling the HTTP parser of undici a second time, optimized, takes up to 27 MiB at a moment of V8's own choice.
  const child = spawn(process.execPath, ['--liftoff-only', program, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  })
  const [, stdout, stderr, reported] = child.stdio
  if (!stdout || !stderr || !(reported instanceof Readable)) throw new Error('The guest has no pipes.')
  const exit = once(child, 'exit').then(() => Date.now())
  const [report, printed, complaints, exitedAt] = await Promise.all([json(reported), text(stdout), text(stderr), exit])
  const parsed = v.parse(reportSchema, report)
  return {
    report: parsed,
    printed: printed + complaints,
    exitCode: child.exitCode,
    exitDelayMs: exitedAt - parsed.endedAt,
  }
}
