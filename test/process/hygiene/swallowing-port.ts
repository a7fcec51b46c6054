import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

const server =
  "const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => " +
  'process.stdout.write(String(server.address().port)))'

/**
 * A port of loopback where a connection is neither made nor refused, as behind a firewall that drops what it does not
 * like: a listener that has been stopped, with its queue full.
 */
export async function swallowingPort(): Promise<number> {
  const child = spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [printed]: unknown[] = await once(child.stdout, 'data')
  const port = Number(String(printed))
  child.kill('SIGSTOP')
  // A backlog of one holds two.
  for (let place = 0; place < 2; place += 1) {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
  }
  return port
}
