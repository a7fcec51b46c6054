import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.js'

const root = new URL('../../', import.meta.url)
const script = fileURLToPath(new URL('scripts/release-notes.mjs', root))

const ready = { version: '1.2.0', repository: { type: 'git', url: 'git+https://example.com/flavor-license.git' } }
const changelog = `# Changelog

## Unreleased

- Later.

## 1.2.0-rc.1 - 2026-01-10

- Almost.

## 1.2.0 - 2026-01-15

### Added

- This.

## 1.1.0

- That.
`

function notesOf(
  tag: string,
  manifest: object,
  text: string,
): { readonly status: number | null; readonly said: string } {
  const cwd = temporaryDirectory()
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(cwd, 'CHANGELOG.md'), text)
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], { cwd, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`.trim() }
}

it.each([ready, { ...ready, repository: 'github:example/flavor-license' }])(
  'are what the changelog says of this version, and of no other',
  (manifest) => {
    expect(notesOf('v1.2.0', manifest, changelog)).toEqual({ status: 0, said: '### Added\n\n- This.' })
  },
)

it.each([
  ['a tag of another version', 'v1.1.0', ready, changelog, /^The tag must be v1\.2\.0, .* is v1\.1\.0\.$/],
  ['no tag', '', ready, changelog, /^The tag must be v1\.2\.0, /],
  [
    'a version that the changelog does not name',
    'v1.2.0',
    ready,
    '## Unreleased\n\n- Later.\n',
    /^The changelog says nothing/,
  ],
  [
    'a version of which it says nothing',
    'v1.2.0',
    ready,
    '## 1.2.0\n\n## 1.1.0\n\n- That.\n',
    /^The changelog says nothing/,
  ],
  ['an empty changelog', 'v1.2.0', ready, '', /^The changelog says nothing of 1\.2\.0\./],
  [
    'a package without a repository',
    'v1.2.0',
    { version: '1.2.0' },
    changelog,
    /does not say where the repository is: set/,
  ],
  [
    'an empty repository',
    'v1.2.0',
    { ...ready, repository: { url: '' } },
    changelog,
    /does not say where the repository is/,
  ],
])('refuse %s', (_, tag, manifest, text, sentence) => {
  const { status, said } = notesOf(tag, manifest, text)
  expect(status).toBe(1)
  expect(said).toMatch(sentence)
})

it('are what the release begins with, before anything is built', () => {
  const workflow = readFileSync(new URL('.github/workflows/release.yml', root), 'utf8')
  const steps = workflow.split(/^ {6}- /m)
  const notes = steps.findIndex((step) => step.includes('node scripts/release-notes.mjs "$GITHUB_REF_NAME"'))
  expect(notes).toBeGreaterThan(0)
  expect(steps.slice(0, notes).filter((step) => /npm /.test(step))).toEqual([])
})
