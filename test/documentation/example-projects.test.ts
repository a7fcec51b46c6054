import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { satisfies } from 'semver'
import { describe, expect, it } from 'vitest'

const examples = new URL('../../examples/', import.meta.url)

interface Manifest {
  readonly version?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(new URL(`${folder}package.json`, examples), 'utf8'))
}

const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map(({ name }) => name)
const installed: Readonly<Record<string, string | undefined>> = {
  ...manifestIn('').devDependencies,
  'flavor-license': manifestIn('../').version,
}

describe('examples', () => {
  it('are checked with exact versions', () => {
    const loose = Object.entries(installed).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version ?? ''))
    expect(loose).toEqual([])
  })

  it.each(names)('%s asks for what it is checked with, and has the scripts that its README names', (name) => {
    const { scripts, dependencies, devDependencies } = manifestIn(`${name}/`)
    const wanted = Object.entries({ ...dependencies, ...devDependencies })
    const unmet = wanted.filter(([wants, range]) => !satisfies(installed[wants] ?? '', range))
    expect(unmet).toEqual([])
    const readme = readFileSync(new URL(`${name}/README.md`, examples), 'utf8')
    const named = [...readme.matchAll(/npm (?:run )?(build|test|start)/g)].map(([, script]) => script)
    expect(named).toEqual(expect.arrayContaining(['build', 'test']))
    expect(Object.keys(scripts ?? {})).toEqual(expect.arrayContaining(named))
  })

  it.each(names)('%s has the files that its README names', (name) => {
    const readme = readFileSync(new URL(`${name}/README.md`, examples), 'utf8')
    const files = [...readme.matchAll(/`([\w.-]+\.(?:ts|cts|yaml))`/g)].map(([, file = '']) => file)
    const missing = files.filter(
      (file) => !['', 'src/'].some((at) => existsSync(new URL(`${name}/${at}${file}`, examples))),
    )
    expect(missing).toEqual([])
  })
})
