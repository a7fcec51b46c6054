import { PassThrough, Readable, Writable } from 'node:stream'
import { run } from '../../src/cli/run.js'
import type { Terminal } from '../../src/cli/terminal.js'

export interface FakeTerminal extends Terminal {
  readonly printed: { stdout: string; stderr: string }
}

export interface FakeTerminalOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly isTTY?: boolean
  readonly cwd?: string
}

export function fakeTerminal({
  env = {},
  input = '',
  isTTY = false,
  cwd = '/',
}: FakeTerminalOptions = {}): FakeTerminal {
  const printed = { stdout: '', stderr: '' }
  const into = (name: keyof typeof printed) =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write(chunk, _encoding, done) {
          printed[name] += String(chunk)
          done()
        },
      }),
      { isTTY },
    )
  const stdin = isTTY ? new PassThrough() : Readable.from([Buffer.from(input)])
  return {
    printed,
    stdin: Object.assign(stdin, { isTTY }),
    stdout: into('stdout'),
    stderr: into('stderr'),
    env,
    cwd: () => cwd,
  }
}

/** Runs one line without a process of its own. */
export async function runHere(
  words: readonly string[],
  options: FakeTerminalOptions = {},
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const terminal = fakeTerminal(options)
  const exitCode = await run(words, terminal)
  return { exitCode, ...terminal.printed }
}
