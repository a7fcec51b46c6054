import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process that prepares an order, waits for the others to be ready, and does its work when it is told to. */
export interface Worker<Report> {
  readonly ready: Promise<void>
  run(): Promise<Report>
  kill(): void
}

/** @param program - A compiled program that calls {@link work}, beside the running one. */
export function startWorker<Order extends object, Report>(program: string, order: Order): Worker<Report> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)))
  const ready = nextMessage(child).then(() => undefined)
  child.send(order)
  return {
    ready,
    async run() {
      const report = nextMessage(child)
      child.send('run')
      return (await report) as Report
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  // The end of a process may be noticed before its last message.
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => code !== 0 && reject(new Error(`A process of the bench ended with code ${code}.`)))
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message
}

/** A worker's side: `prepare` yields what is to be done when all workers are ready. */
export async function work<Order, Report extends object>(
  prepare: (order: Order) => Promise<() => Promise<Report>>,
): Promise<void> {
  const [order] = await once(process, 'message')
  const run = await prepare(order)
  const told = once(process, 'message')
  process.send?.('ready')
  await told
  process.send?.(await run(), () => process.disconnect())
}
