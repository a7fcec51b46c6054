import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { portalRoutes } from '../../src/protocol/portal-routes.js'
import { machineRoutes, rateLimits } from '../../src/protocol/routes.js'
import { errorStatus } from '../../src/protocol/wire/error.js'
import { portalErrorStatus } from '../../src/protocol/wire/portal/error.js'
import { unproven } from './named-tests.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/coverage.md', root), 'utf8')

interface Row {
  readonly what: string
  readonly origin: string
  /** A file, and the title of a test in it. */
  readonly proof: string
}

function rowsOf(markdown: string): readonly Row[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && line !== '| what | from | test |')
    .map((line) => {
      const [, what = '', origin = '', proof = ''] = line.split('|').map((cell) => cell.trim())
      return { what, origin, proof }
    })
}

describe('docs/coverage.md', () => {
  const rows = rowsOf(page)
  const says = (...words: readonly string[]) => rows.some(({ what }) => words.every((word) => what.includes(word)))

  it('names for every row a test that is there, and where the fact comes from', () => {
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.flatMap(unproven)).toEqual([])
    for (const { what, origin } of rows) expect(origin, what).toMatch(/^(FlavorTeam|assumed|seen on real servers)/)
  })

  it.each([
    ['no test', '| A fact | assumed | |', '"A fact" names no test'],
    [
      'a test that is not there',
      '| A fact | assumed | `test/protocol/routes.test.ts`: is not there |',
      '"A fact" names a test that is not there: is not there',
    ],
    [
      'a file that is not there',
      '| A fact | assumed | `test/nowhere.test.ts`: is there |',
      '"A fact" names a test that is not there: is there',
    ],
    [
      'a part of a title',
      '| A fact | assumed | `test/protocol/routes.test.ts`: others |',
      '"A fact" names a test that is not there: others',
    ],
  ])('would be wrong with %s', (_, line, sentence) => {
    expect(rowsOf(line).flatMap(unproven)).toEqual([sentence])
  })

  it.each(Object.values({ ...machineRoutes, ...portalRoutes }))('has a row for $method $path', ({ method, path }) => {
    expect(says(`\`${method} ${path}\``)).toBe(true)
  })

  it.each(Object.entries(rateLimits))('has a row for the limit %s', (category, { limit }) => {
    expect(says(`\`${category}\`: ${limit} a minute`)).toBe(true)
  })

  it.each([200, 201, 204, 400, 401, 403, 404, 422, 429])('has a row for the status %i', (status) => {
    expect(says(`\`${status}\` `)).toBe(true)
  })

  it.each(Object.entries({ ...errorStatus, ...portalErrorStatus }))('has a row for the code %s', (code, status) => {
    expect(says(`\`${code}\` comes with ${status}`)).toBe(true)
  })
})
