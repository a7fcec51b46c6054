import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { elementSource } from '../../src/panel/element-source.js'
import { startSize, wholeSize } from '../support/module-size.js'

const root = new URL('../../', import.meta.url)

/** How each budget of package.json is measured. */
const measures: Readonly<Record<keyof typeof manifest.budget, () => number | Promise<number>>> = {
  /** This package and all that npm installs with it; the lock file also has the root itself. */
  installedPackages() {
    const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'))
    return Object.values<{ readonly dev?: boolean }>(packages).filter(({ dev }) => dev !== true).length
  },
  panelElementGzipBytes: () => gzipSync(elementSource).length,
  /** What `import 'flavor-license'` loads at once, as one file, minified and gzipped, without the four dependencies. */
  startGzipBytes: async () => (await startSize('src/index.ts')).gzipBytes,
  /** The same, with all that it can ever load: a product that uses every part of the client gets no more. */
  wholeGzipBytes: async () => (await wholeSize('src/index.ts')).gzipBytes,
  unpackedBytes() {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
    })
    return JSON.parse(stdout)[0].unpackedSize
  },
}

describe('the budgets of package.json', () => {
  it.each(Object.entries(manifest.budget))('hold: %s is at most %d', async (name, budget) => {
    const { [name]: measure } = measures as Readonly<Record<string, () => number | Promise<number>>>
    const measured = (await measure?.()) ?? Number.NaN
    expect(measured).toBeGreaterThan(0)
    expect(measured).toBeLessThanOrEqual(budget)
  })
})
