import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { figure } from '../process/support/proof-length.js'
import { unproven } from './named-tests.js'

const root = new URL('../../', import.meta.url)

interface Row {
  readonly what: string
  /** Words of rows in the table of the test; none where the test is about this case alone. */
  readonly words: readonly string[]
  readonly proof: string
}

function rowsOf(markdown: string): readonly Row[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && line !== '| case | as | test |')
    .map((line) => {
      const [, what = '', words = '', proof = ''] = line.split('|').map((cell) => cell.trim())
      return { what, words: [...words.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text), proof }
    })
}

/** Words that are not to be found in the file of the test. */
function missingRows({ what, words, proof }: Row): readonly string[] {
  const [, file = ''] = /^`(\S+)`/.exec(proof) ?? []
  const source = readFileSync(new URL(file, root), 'utf8')
  return words.filter((text) => !source.includes(text)).map((text) => `"${what}" is not in ${file} as ${text}`)
}

describe('docs/attacks.md', () => {
  const rows = rowsOf(readFileSync(new URL('docs/attacks.md', root), 'utf8'))

  it('names for every case a test that is there, and its row in the table of the test', () => {
    expect(rows.flatMap(unproven)).toEqual([])
    expect(rows.flatMap(missingRows)).toEqual([])
    expect(new Set(rows.map(({ what }) => what)).size).toBe(rows.length)
    expect(rows.length).toBeGreaterThan(80)
    figure(14, 'cases of attacks that are a test', { cases: rows.length })
  })

  it.each([
    ['no test', '| A case | | |', '"A case" names no test'],
    [
      'a test that is not there',
      '| A case | | `test/protocol/retry-after.test.ts`: is not there |',
      '"A case" names a test that is not there: is not there',
    ],
  ])('would be wrong with %s', (_, line, sentence) => {
    expect(rowsOf(line).flatMap(unproven)).toEqual([sentence])
  })

  it('would be wrong with a row that no table has', () => {
    const line = '| A case | `never` | `test/protocol/retry-after.test.ts`: retryAfterMs |'
    expect(rowsOf(line).flatMap(missingRows)).toEqual(['"A case" is not in test/protocol/retry-after.test.ts as never'])
  })
})
