import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory of this test alone, which ends with it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
