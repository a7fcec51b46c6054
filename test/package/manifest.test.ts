import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { packageVersion } from '../../src/package-version.js'

describe('package', () => {
  it('tells the hub the version of the manifest', () => {
    expect(packageVersion).toBe(manifest.version)
  })

  it('depends on four packages at run time', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['env-paths', 'proper-lockfile', 'tweetnacl', 'undici'])
  })

  it('leaves it to the author which client of Redis there is, if any', () => {
    const peers = Object.keys(manifest.peerDependencies).sort()
    expect(peers).toEqual(['ioredis', 'redis'])
    expect(manifest.peerDependenciesMeta).toEqual({ ioredis: { optional: true }, redis: { optional: true } })
  })

  it('pins the development tools exactly', () => {
    const loose = Object.entries(manifest.devDependencies).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
    expect(loose).toEqual([])
  })

  it('records no download address in the lock file', () => {
    expect(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')).not.toContain('"resolved": "http')
  })
})
