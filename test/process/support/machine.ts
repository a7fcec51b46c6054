import { spawnSync } from 'node:child_process'
import { describe, it } from 'vitest'

/** What the tests want of the machine, and a command that succeeds where it is to be had. */
const probes = {
  strace: ['strace', '-o', '/dev/null', 'true'],
  faketime: ['faketime', '-f', '-1d', 'true'],
  'users besides its own': ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'true'],
  'mounts of its own': ['unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'],
  'redis-server': ['redis-server', '--version'],
  chromium: ['chromium', '--version'],
  'process namespaces': ['unshare', '--pid', '--fork', '--mount-proc', 'true'],
  'the /proc of Linux': ['test', '-e', '/proc/self/stat'],
  'a device that is full': ['test', '-e', '/dev/full'],
  'a terminal by script': ['script', '-qec', 'true', '/dev/null'],
} as const

export type Need = keyof typeof probes

/**
 * A suite for machines that have all of it. On others it is skipped and says why, unless `FLAVOR_LICENSE_TOOLS` is
 * `required`, which makes that a failure.
 */
export function describeWhere(needs: readonly Need[], name: string, suite: () => void): void {
  describe.skipIf(isWanting(needs, name))(name, suite)
}

/** The same for a single test. */
export function itWhere(needs: readonly Need[], name: string, test: () => void | Promise<void>): void {
  it.skipIf(isWanting(needs, name))(name, test)
}

function isWanting(needs: readonly Need[], name: string): boolean {
  const missing = needs.filter((need) => !isAvailable(need))
  if (missing.length === 0) return false
  const reason = `it needs ${missing.join(', ')}, which this machine does not offer`
  if (process.env['FLAVOR_LICENSE_TOOLS'] === 'required') throw new Error(`Not to be skipped: ${name}; ${reason}.`)
  process.stderr.write(`Skipped: ${name}; ${reason}.\n`)
  return true
}

function isAvailable(need: Need): boolean {
  const [command, ...words] = probes[need]
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0
}
