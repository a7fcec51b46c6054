import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A real Redis on loopback, with nothing in it, that keeps nothing. */
export interface RedisServer {
  readonly port: number
  /** Ends it as a power cut does: everything in it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port, after {@link kill}. */
  start(): Promise<void>
  /** Lets it hang: connections stay open, and nothing is answered. */
  suspend(): void
  resume(): void
  /** Kills it, and removes what is left. */
  remove(): Promise<void>
}

export async function startRedisServer(): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-redis-'))
  const port = await freePort()
  let server = await launch(port, directory)

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exit = once(server, 'exit')
    server.kill('SIGKILL')
    await exit
  }

  return {
    port,
    kill,
    async start() {
      server = await launch(port, directory)
    },
    suspend: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async remove() {
      await kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function launch(port: number, directory: string): Promise<ChildProcess> {
  const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory]
  const server = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  const output = createInterface({ input: server.stdout })
  const ready = new Promise<void>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line)
      if (line.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`redis-server did not start:\n${lines.join('\n')}`)))
  })
  await ready
  return server
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.')
  return address.port
}
