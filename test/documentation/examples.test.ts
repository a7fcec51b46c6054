import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Example {
  readonly name: string
  readonly code: string
}

/** Every TypeScript block of every document: what a reader copies must be right. */
function examples(): readonly Example[] {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ]
  return documents
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const blocks = readFileSync(join(root, name), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)
      return [...blocks].map((block, index) => ({ name: `${name} block ${index + 1}`, code: block[1] ?? '' }))
    })
}

/** Checks an example as a module of this package's root, where the package's name leads to what was built. */
function typeErrors(example: Example): readonly string[] {
  const path = join(root, 'example.mts')
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => name === path || fileExists(name)
  host.readFile = (name) => (name === path ? example.code : readFile(name))
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, example.code, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest)
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([path], options, host))
  return diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
}

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function runScript(script: string, home: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { env: { ...process.env, XDG_DATA_HOME: home } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}

/** Documents whose examples are whole programs. */
const runnable = ['README.md', 'docs/testing.md']

describe('documentation', () => {
  const all = examples()

  it('has examples', () => {
    expect(all.length).toBeGreaterThanOrEqual(2)
  })

  it.each(all)('type-checks $name', (example) => {
    expect(typeErrors(example)).toEqual([])
  })

  it('runs the examples that are whole programs, against a local hub', async () => {
    const emulator = createEmulator()
    const hub = await emulator.listen()
    const home = mkdtempSync(join(tmpdir(), 'flavor-license-'))
    const script = join(root, `.example-${process.pid}.mjs`)
    try {
      for (const { name, code } of all.filter((example) =>
        runnable.some((document) => example.name.startsWith(document)),
      )) {
        const local = code
          .replaceAll('https://admin.flavorteam.dev/api/v1', hub.url)
          .replace(/trustedKeys: \{[^}]*\}/, `trustedKeys: ${JSON.stringify(emulator.keys)}`)
        writeFileSync(script, ts.transpile(local, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }))
        const run = await runScript(script, home)
        expect(run, name).toEqual({ status: 0, stdout: '', stderr: '' })
      }
      expect(emulator.arrivals.length).toBeGreaterThan(0)
    } finally {
      rmSync(script, { force: true })
      rmSync(home, { recursive: true })
      await hub.close()
    }
  })
})
