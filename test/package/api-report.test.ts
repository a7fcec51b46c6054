import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('tells of every change of the public surface: else run npm run api, and look at the difference', () => {
  const script = fileURLToPath(new URL('../../scripts/api-report.mjs', import.meta.url))
  const { stderr, status } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})
