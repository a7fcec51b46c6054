import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { ClientAnswers, ClientCommand, ClientLine, ClientSetup } from './client-command.js'

export interface ProcessOptions {
  /** Words in front of the command, such as `setpriv --reuid=65534`. They must end up as the command itself. */
  readonly wrapper?: readonly string[]
  /** The whole environment, `PATH` excepted. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface ProcessEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

/** A client in another process. */
export interface ClientProcess {
  readonly pid: number
  /** Codes of the warnings so far, in their order. */
  readonly warnings: readonly string[]
  /** Rejects with a `ClientGone` when the process ends first, and with the code of an error that the client threw. */
  ask<Call extends ClientCommand['call']>(
    command: ClientCommand & { readonly call: Call },
  ): Promise<ClientAnswers[Call]>
  kill(): Promise<ProcessEnd>
  /** Closes its standard input, which ends it, and waits for that. */
  end(): Promise<ProcessEnd>
}

export class ClientGone extends Error {
  override readonly name: string = 'ClientGone'
}

/** Whether the process dies of a command; it is at an end either way. */
export async function diesOf(child: ClientProcess, command: ClientCommand): Promise<boolean> {
  try {
    await child.ask(command)
    await child.kill()
    return false
  } catch (error) {
    if (error instanceof ClientGone) return true
    throw error
  }
}

/** Starts `program` (see `programs/client.ts`); it is killed at the end of the test at the latest. */
export function startClient(program: string, setup: ClientSetup, options: ProcessOptions = {}): ClientProcess {
  const [command = '', ...words] = [...(options.wrapper ?? []), process.execPath, program, JSON.stringify(setup)]
  const child = spawn(command, words, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return follow(child)
}

function follow(child: ChildProcessWithoutNullStreams): ClientProcess {
  const warnings: string[] = []
  const lines: ClientLine[] = []
  let wake = () => {}
  let gone = false
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line: ClientLine = JSON.parse(text)
    if (line.kind === 'warning') warnings.push(line.code)
    else lines.push(line)
    wake()
  })
  child.stdin.on('error', () => undefined)
  const stderr = text(child.stderr)
  const closed = once(child, 'close').then(async (): Promise<ProcessEnd> => {
    gone = true
    wake()
    return { exitCode: child.exitCode, signal: child.signalCode, stderr: await stderr }
  })

  async function nextLine(): Promise<ClientLine> {
    for (;;) {
      const line = lines.shift()
      if (line) return line
      if (gone) throw new ClientGone(`The client ended without an answer. ${await stderr}`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    pid: child.pid ?? 0,
    warnings,
    async ask<Call extends ClientCommand['call']>(command: ClientCommand & { readonly call: Call }) {
      child.stdin.write(`${JSON.stringify(command)}\n`)
      const line = await nextLine()
      if (line.kind !== 'answer') throw new Error(`${line.code}: ${line.message}`)
      return line.answer as ClientAnswers[Call]
    },
    kill() {
      child.kill('SIGKILL')
      return closed
    },
    end() {
      child.stdin.end()
      return closed
    },
  }
}
