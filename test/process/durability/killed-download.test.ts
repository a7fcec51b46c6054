import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { figure } from '../support/proof-length.js'

const program = compiledProgram('client')
const hub = localHub()
const size = 8 * 1_048_576

/** What lies in the directory, by its name. */
function filesIn(directory: string): Readonly<Record<string, number>> {
  return Object.fromEntries(readdirSync(directory).map((name) => [name, statSync(join(directory, name)).size]))
}

/** Writing is gathered, so that the last bytes of a killed process are lost. */
async function untilSettled(directory: string, atLeast: number): Promise<number> {
  for (;;) {
    const [length = 0] = Object.values(filesIn(directory))
    if (length >= atLeast) return length
    await delay(10)
  }
}

describe('a process that is killed while it downloads', () => {
  afterEach(() => hub.emulator.faults.clear())

  it.each([1_000_000, 3_000_000, 7_900_000])(
    'after %i bytes costs the next one what is missing, and no more',
    async (arrived) => {
      const { emulator, url } = hub
      emulator.addRelease({ product: 'flavor-starter', version: '3.0.0', content: { bytes: size } })
      const setup = { url, trustedKeys: emulator.keys, directory: temporaryDirectory() }
      const directory = temporaryDirectory()
      const ranges: (string | null)[] = []
      emulator.faults.inject({
        route: 'updateDownload',
        kind: 'respond',
        respond: (request, answer) => {
          ranges.push(request.headers.get('range'))
          return answer()
        },
      })
      emulator.faults.inject({ route: 'updateDownload', kind: 'stalled-body', bytes: arrived, times: 1 })

      const first = startClient(program(), setup)
      await first.ask({ call: 'activate', key: hub.newLicense() })
      const lost = first.ask({ call: 'download', directory }).catch(() => 'lost')
      const left = await untilSettled(directory, arrived - 524_288)
      await first.kill()
      expect(await lost).toBe('lost')
      expect(Object.keys(filesIn(directory))).toEqual([expect.stringMatching(/^\.flavor-license-.*\.part$/)])

      const second = startClient(program(), setup)
      const outcome = await second.ask({ call: 'download', directory })
      expect(outcome).toMatchObject({ outcome: 'downloaded' })
      expect(ranges).toEqual([null, `bytes=${left}-`])
      const [name = ''] = readdirSync(directory)
      expect(Object.keys(filesIn(directory))).toEqual(['flavor-starter-3.0.0.zip'])
      const digest = createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex')
      expect(outcome).toMatchObject({ release: { sha256: digest, size } })
      figure(14, 'killed download', { left, transferredAgain: 0, missing: size - left })
    },
  )
})
