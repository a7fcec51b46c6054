import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { runHere } from '../cli/fake-terminal.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** The commands of the shell blocks, in their order, as words. */
function commands(): readonly (readonly string[])[] {
  const page = readFileSync(new URL('../../docs/publishing.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text.replaceAll('\\\n', ' '))
  const lines = blocks.flatMap((text) => text.trim().split('\n'))
  return lines.map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')).slice(1))
}

describe('the page for those who publish', () => {
  it('has commands that do what it says, up to what the local hub offers', async () => {
    const cwd = temporaryDirectory()
    mkdirSync(join(cwd, 'dist'))
    writeFileSync(join(cwd, 'dist', 'starter-1.6.0.zip'), 'an archive')
    writeFileSync(join(cwd, 'CHANGES.md'), '# Better\n')
    const [keygen = [], sign = [], , rehearse = []] = commands()
    for (const words of [keygen, sign]) expect(await runHere(words, { cwd })).toMatchObject({ exitCode: 0, stderr: '' })
    const manifest = join(cwd, 'dist', 'starter-1.6.0.release.json')
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ changelog: '# Better\n' })

    const { kid, seed } = JSON.parse(readFileSync(join(cwd, 'vendor-2026.json'), 'utf8'))
    const product = { slug: 'flavor-starter', name: 'Flavor Starter', releases: [] }
    const start = () =>
      createEmulator({
        releases: join(cwd, 'dist'),
        seed: { signing_keys: [{ kid, seed }], products: [product], licenses: [] },
      })
    expect(start).not.toThrow()
    expect(rehearse.slice(0, 3)).toEqual(['emulator', '--port', '8787'])
  })
})
