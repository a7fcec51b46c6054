import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { AskingOrder, AskingReport } from './asking.js'

/** A product in a process of its own that never stops asking. */
export interface Asker {
  /** Rejects when the product could not be activated. */
  readonly ready: Promise<void>
  start(): void
  stop(): Promise<AskingReport>
  kill(): void
}

/**
 * @param program - `programs/asker.ts`, compiled.
 * @param wrapper - Words in front of the command. They must end up as the command itself.
 */
export function startAsker(program: string, order: AskingOrder, wrapper: readonly string[] = []): Asker {
  const [command = '', ...words] = [...wrapper, process.execPath, program, JSON.stringify(order)]
  const child: ChildProcessWithoutNullStreams = spawn(command, words)
  const stderr = text(child.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`The asker ended early. ${await stderr}`)
    return value
  }
  return {
    ready: nextLine().then((outcome) => {
      if (outcome !== 'activated') throw new Error(`The asker has not been activated: ${outcome}.`)
    }),
    start: () => child.stdin.write('\n'),
    async stop() {
      const ended = once(child, 'close')
      child.stdin.end()
      const report: AskingReport = JSON.parse(await nextLine())
      await ended
      return report
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
