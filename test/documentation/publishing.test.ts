import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { runHere } from '../cli/fake-terminal.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** The commands of the shell blocks, in their order, as words. */
function commands(): readonly (readonly string[])[] {
  const page = readFileSync(new URL('../../docs/publishing.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text.replaceAll('\\\n', ' '))
  const lines = blocks.flatMap((text) => text.trim().split('\n'))
  return lines.map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')))
}

/** Does what a line says, as a shell in `cwd` would. */
async function perform([program = '', ...words]: readonly string[], cwd: string): Promise<void> {
  const [from = '', to = ''] = words.map((word) => join(cwd, word))
  if (program === 'mkdir') mkdirSync(from)
  else if (program === 'cp') copyFileSync(from, join(to, basename(from)))
  else expect(await runHere(words, { cwd }), words.join(' ')).toMatchObject({ exitCode: 0, stderr: '' })
}

describe('the page for those who publish', () => {
  it('has commands that do what it says, up to what the local hub offers', async () => {
    const cwd = temporaryDirectory()
    mkdirSync(join(cwd, 'dist'))
    writeFileSync(join(cwd, 'dist', 'starter-1.6.0.zip'), 'an archive')
    writeFileSync(join(cwd, 'CHANGES.md'), '# Better\n')
    const all = commands()
    for (const words of all.slice(0, -1)) await perform(words, cwd)
    const manifest = join(cwd, 'dist', 'starter-1.6.0.release.json')
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ changelog: '# Better\n' })

    const { kid, seed } = JSON.parse(readFileSync(join(cwd, 'vendor-2026.json'), 'utf8'))
    const product = { slug: 'flavor-starter', name: 'Flavor Starter', releases: [] }
    const start = (releases: string) =>
      createEmulator({
        releases: join(cwd, releases),
        seed: { signing_keys: [{ kid, seed }], products: [product], licenses: [] },
      })
    expect(() => start('dist')).not.toThrow()
    expect(() => start('rehearsal')).not.toThrow()
    const rehearse = 'flavor-license emulator --port 8787 --releases rehearsal --key-file vendor-2026.json'
    expect(all.at(-1)?.join(' ')).toBe(rehearse)
  })
})
