import { isBuiltin } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { type StartSize, startSize } from '../scripts/start-size.js'

describe("a product's start", () => {
  let start: StartSize
  beforeAll(async () => {
    start = await startSize('src/index.ts')
  })

  it('loads no package: no HTTP client, lock, schema, version or archive library', () => {
    expect(start.imports.filter((name) => !isBuiltin(name))).toEqual([])
    expect(start.sources.filter((path) => path.includes('node_modules'))).toEqual([])
    expect(start.sources).toContain('src/domain/assess.ts')
  })

  it('loads nothing of the hub, the command line, the portal or the panel', () => {
    expect(start.sources.filter((path) => /^src\/(?:emulator|cli|portal|panel|issuing|testing)\//.test(path))).toEqual(
      [],
    )
  })

  it('loads nothing of how a hub is asked', () => {
    const asking = [
      'src/engine/activate.ts',
      'src/engine/ask-hub.ts',
      'src/asking/request-budget.ts',
      'src/adapters/undici-transport.ts',
    ]
    expect(start.sources.filter((path) => asking.includes(path))).toEqual([])
  })
})
