import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src', import.meta.url))

/**
 * Who may import whom. A room is a folder of `src/`, or `root` for the files beside them. Packages are named one by
 * one; `node:*` stands for Node's own modules.
 */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  domain: { rooms: [], packages: ['semver'] },
  protocol: { rooms: ['domain'], packages: ['valibot'] },
  ports: { rooms: ['domain'], packages: [] },
  // How a hub is asked, by whichever of our clients: one machine has one budget.
  asking: { rooms: ['domain', 'protocol', 'ports'], packages: [] },
  engine: { rooms: ['domain', 'protocol', 'ports', 'asking'], packages: [] },
  adapters: {
    rooms: ['domain', 'ports'],
    packages: ['node:*', 'undici', 'tweetnacl', 'env-paths', 'proper-lockfile', 'yauzl'],
  },
  // What a vendor writes for a domain, a key or a hub must mean the same as it does to the client that checks it.
  issuing: { rooms: ['domain', 'protocol', 'ports', 'adapters'], packages: [] },
  emulator: {
    rooms: ['protocol', 'issuing'],
    packages: ['node:*', 'valibot', '@valibot/to-json-schema', 'semver', 'jose', 'fflate'],
  },
  panel: { rooms: ['root', 'domain'], packages: ['node:*'] },
  // Composes a client as the root does, over memory, a hub of its own and a time that a test moves.
  testing: { rooms: ['ports', 'adapters', 'emulator', 'root'], packages: [] },
  // A client of its own, beside the license client: it asks as that one does and reads its options alike.
  portal: { rooms: ['domain', 'protocol', 'ports', 'asking', 'adapters', 'root'], packages: ['undici'] },
  root: { rooms: ['domain', 'protocol', 'ports', 'engine', 'adapters'], packages: ['undici'] },
  cli: {
    rooms: [],
    packages: ['node:*', 'commander', 'picocolors', '@inquirer/password', 'csv-parse', 'csv-stringify'],
  },
}

/** What a room may reach into another room for, where that is less than all of it. */
const doors: Readonly<Record<string, readonly RegExp[]>> = {
  // The emulator speaks the wire, but never through the client's readers: it would share their mistakes.
  'emulator -> protocol': [/^protocol\/wire\//, /^protocol\/(?:portal-)?routes\.js$/],
  'emulator -> issuing': [/^issuing\/index\.js$/],
  'panel -> root': [/^index\.js$/],
  // The shape of a license key stands in one place, for the browser too, and the words for verdicts and setbacks; the others are types.
  'panel -> domain': [
    /^domain\/component\/(?:component|component-outcome)\.js$/,
    /^domain\/download\/download\.js$/,
    /^domain\/license\/(?:license-key|outcome|record|setback|verdict|verdict-message)\.js$/,
    /^domain\/update\/release\.js$/,
  ],
  'testing -> emulator': [/^emulator\/index\.js$/],
  'testing -> root': [/^(?:compose-client|license-client|options|read-options)\.js$/],
  'portal -> root': [/^(?:read-options|package-version)\.js$/],
  // The command line is a user of the public entry points.
  'cli -> root': [/^index\.js$/],
  'cli -> emulator': [/^emulator\/index\.js$/],
  'cli -> panel': [/^panel\/index\.js$/],
  'cli -> issuing': [/^issuing\/index\.js$/],
  'cli -> portal': [/^portal\/index\.js$/],
}

/** Ambient time, chance and environment are ports: below the adapters they would make a rule depend on the machine. */
const ambient = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bfetch\(/,
  /\bperformance\b/,
  /\bcrypto\./,
]
const pureRooms = ['domain', 'protocol', 'ports', 'asking', 'engine']

interface SourceFile {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly string[]
}

function readSource(): readonly SourceFile[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(join(source, path), 'utf8')
      const normalized = path.split(sep).join(posix.sep)
      return { path: normalized, room: roomOf(normalized), text, imports: importsOf(text) }
    })
}

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : 'root'
}

function importsOf(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

function violation(file: SourceFile, specifier: string): string | undefined {
  const rules = rooms[file.room]
  if (!rules) return `${file.path}: the room ${file.room} is not in the table`
  if (!specifier.startsWith('.')) {
    const allowed = specifier.startsWith('node:')
      ? rules.packages.includes('node:*') || rules.packages.includes(specifier)
      : rules.packages.includes(packageOf(specifier))
    return allowed ? undefined : `${file.path} imports ${specifier}`
  }
  if (specifier.endsWith('.json')) return file.room === 'emulator' ? undefined : `${file.path} imports ${specifier}`
  const target = relative(source, join(source, dirname(file.path), specifier))
    .split(sep)
    .join(posix.sep)
  const room = roomOf(target)
  if (room === file.room) return undefined
  const door = doors[`${file.room} -> ${room}`]
  const allowed = door ? door.some((pattern) => pattern.test(target)) : rules.rooms.includes(room)
  return allowed ? undefined : `${file.path} imports ${target}`
}

describe('architecture', () => {
  const files = readSource()

  it('is read at all', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(new Set(files.map((file) => file.room))).toEqual(new Set(Object.keys(rooms)))
  })

  it('lets each room import only what the table allows', () => {
    const violations = files.flatMap((file) => file.imports.flatMap((specifier) => violation(file, specifier) ?? []))
    expect(violations).toEqual([])
  })

  it('allows no room a package that it does not use', () => {
    const unused = Object.entries(rooms).flatMap(([room, { packages }]) => {
      const imports = files.filter((file) => file.room === room).flatMap((file) => file.imports)
      const used = (name: string) =>
        imports.some((specifier) =>
          name === 'node:*' ? specifier.startsWith('node:') : [specifier, packageOf(specifier)].includes(name),
        )
      return packages.filter((name) => !used(name)).map((name) => `${room}: ${name}`)
    })
    expect(unused).toEqual([])
  })

  it('keeps ambient time, chance and environment above the engine', () => {
    const violations = files
      .filter((file) => pureRooms.includes(file.room))
      .flatMap((file) =>
        ambient.filter((pattern) => pattern.test(file.text)).map((pattern) => `${file.path}: ${pattern}`),
      )
    expect(violations).toEqual([])
  })

  it('leaves Redis to those who ask for it, by its own entry point and a client of their own', () => {
    const others = files.filter((file) => !file.path.startsWith('adapters/redis/'))
    expect(others.flatMap((file) => file.imports.filter((specifier) => /redis/.test(specifier)))).toEqual([])
    const imported = files.filter((file) => file.imports.some((specifier) => /^(?:io)?redis$/.test(specifier)))
    expect(imported.map((file) => file.path)).toEqual([])
  })

  it('loads the slow packages only when they are needed', () => {
    const slow = /^import (?!type\b)[^\n]*from '(?:undici|tweetnacl|env-paths|proper-lockfile)'/m
    expect(files.filter((file) => slow.test(file.text)).map((file) => file.path)).toEqual([])
  })
})
