import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const quietly = ['--no-audit', '--no-fund', '--no-package-lock']
/** What installing and compiling leaves behind. */
const isMade = /[\\/](?:node_modules|dist)$/

/** The built package as it is published: packed, with the list of its files. */
export async function pack(directory, version) {
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], {
    cwd: root,
  })
  const [packed] = JSON.parse(stdout)
  const tarball = join(directory, packed.filename)
  return version === undefined ? { ...packed, tarball } : { ...packed, tarball: await repack(tarball, version) }
}

/** The same package under another version, as a product that embeds a later one has it. */
async function repack(tarball, version) {
  const directory = await mkdtemp(join(tmpdir(), 'flavor-license-repack-'))
  await execute('tar', ['-xzf', tarball, '-C', directory])
  const manifest = join(directory, 'package', 'package.json')
  await writeFile(manifest, JSON.stringify({ ...JSON.parse(await readFile(manifest, 'utf8')), version }))
  const later = tarball.replace(/\.tgz$/, `-${version}.tgz`)
  await execute('tar', ['-czf', later, '-C', directory, 'package'])
  await rm(directory, { recursive: true })
  return later
}

/**
 * A copy of a folder, with packages installed: as an author's project is.
 *
 * @param {string} folder - Its path from the root of the repository.
 * @param {readonly string[]} packages - What is installed besides that which the folder's own manifest names.
 */
export async function createProject(folder, packages) {
  const directory = await mkdtemp(join(tmpdir(), 'flavor-license-project-'))
  await cp(join(root, folder), directory, { recursive: true, filter: (path) => !isMade.test(path) })
  // Nothing here needs what packages do at their installation, such as fetching a browser.
  await execute('npm', ['install', '--ignore-scripts', ...quietly, ...packages], { cwd: directory })
  return {
    directory,
    path: (...parts) => join(directory, ...parts),
    run: (command, words, options = {}) => execute(command, words, { cwd: directory, timeout: 120_000, ...options }),
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
