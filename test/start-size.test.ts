import { isBuiltin } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ModuleSize, startSize } from './support/module-size.js'

describe("a product's start", () => {
  let start: ModuleSize
  beforeAll(async () => {
    start = await startSize('src/index.ts')
  })

  it('loads no package: no HTTP client, lock, schema, version or archive library', () => {
    expect(start.imports.filter((name) => !isBuiltin(name))).toEqual([])
    expect(start.sources.filter((path) => path.includes('node_modules'))).toEqual([])
    expect(start.sources).toContain('src/domain/license/assess.ts')
  })

  it('loads nothing of the hub, the command line, the portal or the panel', () => {
    const others = /^src\/(?:emulator|cli|portal|panel|issuing|testing)\/|portal/
    expect(start.sources.filter((path) => others.test(path))).toEqual([])
  })

  it('loads nothing of how a hub is asked, and nothing that writes', () => {
    const later = /\/(?:exchange\/|activate|ask-|request-budget|undici-|atomic-file|directory-lock)/
    expect(start.sources.filter((path) => later.test(path))).toEqual([])
  })
})
