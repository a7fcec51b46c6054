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

/** The text of an entry point and of all that it may ever load. */
function everythingOf(entry: string): string {
  const files = new Set([entry])
  const texts: string[] = []
  for (const file of files) {
    const text = readFileSync(new URL(file, dist), 'utf8')
    texts.push(text)
    for (const [, imported = ''] of text.matchAll(/['"]\.\/([\w.-]+\.c?js)['"]/g)) files.add(imported)
  }
  return texts.join('\n')
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
  it('that a start loads are ASCII throughout: of other text, V8 keeps each character in two bytes', () => {
    const starts = readdirSync(dist).filter((file) => /^(?:index|start)\.c?js$/.test(file))
    expect(starts).toHaveLength(4)
    for (const file of starts) expect(readFileSync(new URL(file, dist), 'utf8')).not.toMatch(/[^\0-\x7f]/)
  })

  it('are the same wherever they are built', () => {
    const machine = fileURLToPath(new URL('../../', import.meta.url))
    expect(readdirSync(dist).filter((file) => readFileSync(new URL(file, dist), 'utf8').includes(machine))).toEqual([])
  })
})
