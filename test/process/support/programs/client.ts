/** A product in a process of its own: does what each line of standard input says, and answers with a line. */
import { createInterface } from 'node:readline'
import { createLicenseClient, isFlavorLicenseError } from '../../../../src/index.js'
import type { ClientCommand, ClientLine, ClientSetup } from '../client-command.js'

const setup: ClientSetup = JSON.parse(process.argv[2] ?? '{}')
const { url, trustedKeys, domain = 'mysite.com', directory, installationId, components, byFetch = false } = setup
const { patienceMs } = setup
const client = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain,
  hub: { url, ...(trustedKeys && { trustedKeys }) },
  ...(directory !== undefined && { directory }),
  ...(installationId !== undefined && { installationId }),
  ...(components !== undefined && { components: { directory: components } }),
  ...(byFetch && { fetch: globalThis.fetch }),
  ...(patienceMs !== undefined && { requestDeadlineMs: patienceMs, verifyDeadlineMs: patienceMs }),
})

function say(line: ClientLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function download(directory: string): Promise<unknown> {
  const found = await client.checkUpdates()
  if (found.outcome !== 'available' || !found.release) return found
  return client.downloadUpdate(found.release, { directory })
}

function perform(command: ClientCommand): unknown {
  switch (command.call) {
    case 'activate':
      return client.activate(command.key)
    case 'verify':
      return client.verify(command.options)
    case 'install':
    case 'rollback': {
      const { call, slug, healthy = true } = command
      return client.components[call](slug, { afterSwap: () => healthy })
    }
    case 'remove':
      return client.components.remove(command.slug)
    case 'installed':
      return client.components.installed()
    case 'download':
      return download(command.directory)
    default:
      return client[command.call]()
  }
}

client.on('warning', ({ code, message }) => say({ kind: 'warning', code, message }))
for await (const line of createInterface({ input: process.stdin })) {
  try {
    say({ kind: 'answer', answer: await perform(JSON.parse(line)) })
  } catch (error) {
    if (!isFlavorLicenseError(error)) throw error
    say({ kind: 'error', code: error.code, message: error.message })
  }
}
await client.close()
