import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const { version } = manifest
const script = fileURLToPath(new URL('../../scripts/release-notes.mjs', import.meta.url))

function notesOf(tag: string, changelog: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], { input: changelog, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`.trim() }
}

const changelog = `# Changelog

## Unreleased

- Later.

## ${version} - 2026-01-15

### Added

- This.

## 0.0.1

- That.
`

it('are what the changelog says of this version, and of no other', () => {
  expect(notesOf(`v${version}`, changelog)).toEqual({ status: 0, said: '### Added\n\n- This.' })
})

it.each([
  ['a tag of another version', 'v9.9.9', changelog],
  ['no tag', '', changelog],
  ['a version that the changelog does not name', `v${version}`, '# Changelog\n\n## Unreleased\n\n- Later.\n'],
  ['a version of which it says nothing', `v${version}`, `## ${version}\n\n## 0.0.1\n\n- That.\n`],
  ['an empty changelog', `v${version}`, ''],
])('refuse %s', (_, tag, text) => {
  const { status, said } = notesOf(tag, text)
  expect(status).toBe(1)
  expect(said).toMatch(/^The (?:tag|changelog) .+\.$/)
})
