import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A hub on loopback, as a product knows it. */
export interface Hub {
  readonly url: string
  readonly trustedKeys: Readonly<Record<string, string>>
  /** Of a license for any number of domains. */
  readonly licenseKey: string
}

/** Where the hub takes requests and never answers one. */
export const silentPath = '/silent'

/** In a process of its own, so that its work delays nobody who is measured. Ends when it is let go. */
export async function startHub(): Promise<{ readonly hub: Hub; letGo(): void }> {
  const server = fork(fileURLToPath(new URL('./hub-process.mjs', import.meta.url)))
  const [hub] = await once(server, 'message')
  return { hub, letGo: () => server.disconnect() }
}
