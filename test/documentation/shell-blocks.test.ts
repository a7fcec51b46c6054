import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Block {
  /** A file that the reader saves, by its name; `runnable` for what the reader types. */
  readonly name: string
  readonly text: string
}

/** The blocks ` ```ts NAME ` and ` ```sh runnable ` of a document. */
function blocksOf(document: string): readonly Block[] {
  const markdown = readFileSync(join(root, document), 'utf8')
  return [...markdown.matchAll(/^```(?:ts|sh) (\S+)\n(.*?)^```/gms)].map(([, name = '', text = '']) => ({ name, text }))
}

const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && blocksOf(name).some((block) => block.name === 'runnable'),
)

/** What a block says that it prints: its comments. */
const promised = (block: Block) => block.text.split('\n').filter((line) => line.startsWith('# '))

describe('shell blocks that are marked runnable', () => {
  const emulator = createEmulator()
  let hub: Awaited<ReturnType<typeof emulator.listen>>
  beforeAll(async () => {
    hub = await emulator.listen()
  })
  afterAll(() => hub.close())

  it('are there', () => {
    expect(documents).toContain('docs/getting-started.md')
  })

  it.each(documents)('of %s do what they say, one after the other', { timeout: 120_000 }, async (document) => {
    const home = temporaryDirectory()
    const folder = projectIn(home)
    const local = (written: string) => written.replaceAll('http://127.0.0.1:8787', new URL(hub.url).origin)
    for (const block of blocksOf(document)) {
      if (block.name !== 'runnable') {
        writeFileSync(join(folder, block.name), local(block.text))
        continue
      }
      const run = await runShell(local(block.text), { home, folder })
      expect(run, block.text).toMatchObject({ exitCode: 0 })
      const printed = run.stdout.split('\n').map((line) => `# ${line}`)
      if (promised(block).length > 0) expect(printed.slice(0, -1)).toEqual(promised(block))
    }
  })
})

/** A folder in which the package is installed, as `npm install` leaves it. */
function projectIn(home: string): string {
  const folder = join(home, 'project')
  const programs = join(folder, 'node_modules', '.bin')
  mkdirSync(programs, { recursive: true })
  symlinkSync(root, join(folder, 'node_modules', 'flavor-license'))
  writeFileSync(join(folder, 'key.txt'), 'FLVR-BUSI-NESS-0000-0001\n')
  writeFileSync(join(programs, 'flavor-license'), `#!/bin/sh\nexec node ${join(root, 'dist', 'cli.js')} "$@"\n`)
  writeFileSync(join(programs, 'npx'), '#!/bin/sh\nexec "$@"\n')
  for (const name of ['flavor-license', 'npx']) chmodSync(join(programs, name), 0o755)
  return folder
}

async function runShell(script: string, { home, folder }: { readonly home: string; readonly folder: string }) {
  const path = [join(folder, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const env = { ...process.env, PATH: path, HOME: home, XDG_DATA_HOME: join(home, 'data') }
  const shell = spawn('sh', ['-eu', '-c', script], { cwd: folder, env })
  const closed = once(shell, 'close')
  const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)])
  await closed
  return { exitCode: shell.exitCode, stdout, stderr }
}
