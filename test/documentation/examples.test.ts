import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
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
      const fenced = readFileSync(join(root, name), 'utf8').matchAll(/^```ts(?: \S+)?\n(.*?)^```/gms)
      return [...fenced].map((block, index) => ({ name: `${name} block ${index + 1}`, code: block[1] ?? '' }))
    })
}

/** Checks the examples as modules of this package's root, where the package's name leads to what was built. */
function typeErrors(examples: readonly Example[]): readonly string[] {
  const names = new Map(examples.map((example, index) => [join(root, `example-${index}.mts`), example]))
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'], // a program on Node has no DOM
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
    moduleDetection: ts.ModuleDetectionKind.Force,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (path) => names.has(path) || fileExists(path)
  host.readFile = (path) => names.get(path)?.code ?? readFile(path)
  host.getSourceFile = (path, ...rest) => {
    const example = names.get(path)
    return example ? ts.createSourceFile(path, example.code, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest)
  }
  return ts.getPreEmitDiagnostics(ts.createProgram([...names.keys()], options, host)).map(({ file, messageText }) => {
    const example = file && names.get(file.fileName)
    return `${example?.name ?? 'all'}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function runScript(script: string, home: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    // A program that waits for what never comes is ended, and has no status.
    const child = spawn(process.execPath, [script], { env: { ...process.env, XDG_DATA_HOME: home }, timeout: 20_000 })
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

/** Runs an example as a module of this package's root, with `home` as the user's data directory. */
async function runExample(code: string, home: string): Promise<Run> {
  const script = join(root, `.example-${process.pid}.mjs`)
  try {
    writeFileSync(script, ts.transpile(code, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }))
    return await runScript(script, home)
  } finally {
    rmSync(script, { force: true })
  }
}

/** A port of loopback that nobody listens on. */
async function silentPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Documents whose examples are whole programs. */
const runnable = ['README.md', 'docs/testing.md', 'docs/components.md', 'docs/portal.md']

describe('documentation', () => {
  const all = examples()

  it('has examples', () => {
    expect(all.length).toBeGreaterThanOrEqual(2)
  })

  it('has examples that type-check, every one', { timeout: 60_000 }, () => {
    expect(typeErrors(all)).toEqual([])
  })

  it('would notice one that does not', { timeout: 60_000 }, () => {
    const broken = "import { createLicenseClient } from 'flavor-license'\ncreateLicenseClient({ product: 5 })"
    expect(typeErrors([{ name: 'broken', code: broken }])).toEqual([expect.stringContaining('broken: ')])
  })

  it('runs the examples that are whole programs, against a local hub', { timeout: 120_000 }, async () => {
    const emulator = createEmulator()
    const hub = await emulator.listen()
    const home = mkdtempSync(join(tmpdir(), 'flavor-license-'))
    try {
      for (const { name, code } of all.filter((example) =>
        runnable.some((document) => example.name.startsWith(document)),
      )) {
        const local = code
          .replaceAll('https://admin.flavorteam.dev/api/v1', hub.url)
          .replace(/trustedKeys: \{[^}]*\}/, `trustedKeys: ${JSON.stringify(emulator.keys)}`)
        expect(await runExample(local, home), name).toEqual({ status: 0, stdout: '', stderr: '' })
      }
      expect(emulator.arrivals.length).toBeGreaterThan(0)
    } finally {
      rmSync(home, { recursive: true })
      await hub.close()
    }
  })

  it('starts a product that shares a license through Redis where no Redis listens', { timeout: 60_000 }, async () => {
    const sharing = all.filter(({ name }) => name.startsWith('docs/containers.md'))
    const port = await silentPort()
    const home = mkdtempSync(join(tmpdir(), 'flavor-license-'))
    try {
      for (const { name, code } of sharing) {
        const local = code.replaceAll('127.0.0.1:6379', `127.0.0.1:${port}`)
        const client = "createLicenseClient({ product: { slug: 'it', version: '1.0.0' }, domain: 'auto', sharedStore })"
        const program = code.includes('createLicenseClient')
          ? local
          : `import { createLicenseClient } from 'flavor-license'\n${local}\nconst license = ${client}`
        // The client of Redis goes on trying, so that the program would not end by itself.
        const ending = 'process.stdout.write((await license.verify()).state, () => process.exit())'
        const run = await runExample(`${program}\n${ending}`, home)
        expect(run, name).toEqual({ status: 0, stdout: 'unknown', stderr: '' })
      }
      expect(sharing).toHaveLength(2)
    } finally {
      rmSync(home, { recursive: true })
    }
  })
})
