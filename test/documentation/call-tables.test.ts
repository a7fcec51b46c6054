import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/cli/program.js'
import { createPortalClient } from '../../src/portal/index.js'
import { portalRoutes } from '../../src/protocol/portal-routes.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** The rows of the first table under a head of these titles: their cells. */
function tableIn(markdown: string, head: string): readonly (readonly string[])[] {
  const lines = markdown.split('\n')
  const rows = lines.slice(lines.indexOf(head) + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort()

describe('the table of commands', () => {
  it('names every command, and no other', () => {
    const rows = tableIn(read('docs/cli.md'), '| command | what it does |')
    const written = rows.map(([command = '']) => /[a-z]+/.exec(command)?.[0] ?? '')
    const program = createProgram(
      () => Promise.resolve(),
      () => undefined,
    )
    expect(sorted(written)).toEqual(sorted(program.commands.map((command) => command.name())))
  })
})

describe('the table of the calls of the portal', () => {
  const rows = tableIn(read('docs/portal.md'), '| call | by API key too | outcomes |')
  const calls = rows.map(([call = '', byApiKey = '']) => ({ name: /[\w.]+/.exec(call)?.[0] ?? '', byApiKey }))

  it('names every call, and no other', async () => {
    const portal = createPortalClient({ auth: { refreshToken: 'of a login' } })
    const names = Object.entries(portal).flatMap(([name, part]) =>
      typeof part === 'function' ? [name] : Object.keys(part).map((method) => `${name}.${method}`),
    )
    await portal.close()
    expect(sorted(calls.map(({ name }) => name))).toEqual(sorted(names))
  })

  it('gives an API key as many calls as the hub takes one for', () => {
    const taking = Object.values(portalRoutes).filter(({ apiKey }) => apiKey)
    expect(calls.filter(({ byApiKey }) => byApiKey === 'yes')).toHaveLength(taking.length)
  })
})

describe('the undici that a product installs for a proxy', () => {
  it("is of the major version of the package's own", () => {
    const { dependencies } = JSON.parse(read('package.json'))
    const [, major] = /^\^(\d+)\./.exec(dependencies.undici) ?? []
    expect(read('docs/recipes.md')).toContain(`\`npm install undici@${major}\``)
  })
})
