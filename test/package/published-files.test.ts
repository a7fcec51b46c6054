import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const dist = new URL('../../dist/', import.meta.url)

/** What no other part of the package says. */
const tellingWords = {
  'emulator.js': 'Rate limit exceeded',
  'portal.js': 'fh_live_',
  'panel.js': 'attachShadow',
  'cli.js': 'error: unknown option',
}

const textOf = (file: string) => readFileSync(new URL(file, dist), 'utf8')

/** An entry point and all files that are reached from it by what `naming` finds. */
function filesOf(entry: string, naming: RegExp): readonly string[] {
  const files = new Set([entry])
  for (const file of files) {
    for (const [, imported = ''] of textOf(file).matchAll(naming)) files.add(imported)
  }
  return [...files]
}

/** The text of an entry point and of all that it may ever load. */
function everythingOf(entry: string): string {
  return filesOf(entry, /['"]\.\/([\w.-]+\.c?js)['"]/g)
    .map(textOf)
    .join('\n')
}

/** An entry point and all files that it loads at once. */
function filesAtOnce(entry: string): readonly string[] {
  return filesOf(entry, /^(?:import|export|var|const)\b[^;(]*(?:from |require\()['"]\.\/([\w.-]+\.c?js)['"]/gm)
}

describe.each(['index.js', 'index.cjs'])('the published %s', (entry) => {
  const main = everythingOf(entry)

  it('brings the client', () => {
    expect(main).toContain('not-activated')
    expect(main).toContain('license-v')
  })

  it.each(Object.entries(tellingWords))('brings nothing of %s, not even on demand', (other, word) => {
    expect(everythingOf(other)).toContain(word)
    expect(main).not.toContain(word)
  })
})

describe('the published files', () => {
  it.each(['index.js', 'index.cjs'])(
    'are ASCII throughout where %s loads them at once: of other text, V8 keeps each character in two bytes',
    (entry) => {
      expect(filesAtOnce(entry).length).toBeGreaterThan(1)
      for (const file of filesAtOnce(entry)) expect(textOf(file)).not.toMatch(/[^\0-\x7f]/)
    },
  )

  it('give Node the parts of undici without an import, which costs milliseconds for each', () => {
    expect(textOf('undici-parts.cjs')).toContain("require('undici/lib/dispatcher/agent.js')")
    expect(textOf('undici-parts.cjs')).not.toMatch(/\bimport\b/)
  })

  it('give a bundler the parts of undici without a require, which it would take for a need of every start', () => {
    expect(textOf('undici-parts.js')).toContain("import('undici/lib/dispatcher/agent.js')")
    expect(textOf('undici-parts.js')).not.toMatch(/\brequire\b/)
  })

  it('are the same wherever they are built', () => {
    const machine = fileURLToPath(new URL('../../', import.meta.url))
    expect(readdirSync(dist).filter((file) => readFileSync(new URL(file, dist), 'utf8').includes(machine))).toEqual([])
  })
})
