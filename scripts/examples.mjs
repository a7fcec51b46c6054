/**
 * The examples with the package as it is published: node scripts/examples.mjs [NAME ...].
 * Packs what `npm run build` has built, installs it and what the examples need into a copy of examples/, compiles all of
 * them and runs the tests of each. Exits with 1 when anything fails.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, report } from './package/checks.mjs'
import { createProject, pack } from './package/project.mjs'

const entries = await readdir(new URL('../examples', import.meta.url), { withFileTypes: true })
const all = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name)
const names = process.argv.length > 2 ? process.argv.slice(2) : all

const directory = await mkdtemp(join(tmpdir(), 'flavor-license-examples-'))
const { tarball } = await pack(directory)
const project = await createProject('examples', [tarball])
await check('all compile', () => project.run('npx', ['tsc', '--build', ...names]))

const port = await freePort()
const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', directory], {
  stdio: 'ignore',
})
redis.on('error', () => {
  console.log('       There is no redis-server here: the example "docker" cannot pass.')
})
const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${port}` }
for (const name of names) await check(name, () => project.run('npm', ['test', '--workspace', name], { env }))
redis.kill()
await project.remove()
await rm(directory, { recursive: true })
report()

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(`${port}`))
    })
  })
}
