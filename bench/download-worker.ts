import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Library from '../src/index.js'
import type { DownloadOrder, DownloadReport } from './download-order.js'
import { work } from './worker-process.js'

/** As a product has it: compiled into this program, all of it would be loaded at once. */
const { createLicenseClient }: typeof Library = await import(
  pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href
)

await work(async ({ origin, size, sha256, directory, records, killAt }: DownloadOrder) => {
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    directory: records,
    hub: { url: `${origin}/api/v1`, limits: { download: { limit: 1_000 } } },
  })
  await client.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
  const release: Library.Release = {
    slug: 'flavor-starter',
    version: '2.0.0',
    releasedAt: 0,
    channel: 'stable',
    changelogUrl: null,
    requiresProduct: null,
    mandatory: false,
    size,
    sha256,
    filename: 'large.bin',
    issuedAt: null,
    token: null,
  }
  return async (): Promise<DownloadReport> => {
    const started = performance.now()
    const outcome = await client.downloadUpdate(release, {
      directory,
      onProgress: ({ stage, bytes, total }) => {
        if (stage === 'progress' && bytes / total >= killAt) process.kill(process.pid, 'SIGKILL')
      },
    })
    const ms = performance.now() - started
    if (outcome.outcome !== 'downloaded') throw new Error(`Not downloaded: ${JSON.stringify(outcome)}`)
    await client.close()
    return { ms, peakMiB: peakMiB() }
  }
})

/** The peak that `getrusage` has is, at first, that of the process which started this one. */
function peakMiB(): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kibibytes) / 1024
}
