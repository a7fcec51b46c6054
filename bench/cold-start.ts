/**
 * What a product's start pays for a license check, by the built package. Each program runs in a process of its own, in
 * turns, so that whatever else the machine does meets all of them alike. Figures are ratios to the floor of the same run.
 */
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createEmulator } from '../src/emulator/index.js'
import { createLicenseClient } from '../src/index.js'
import { median, quantile, table } from './statistics.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
const library = pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))

const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
const options = {
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys },
  directory: join(directory, 'records'),
}
const seller = createLicenseClient({ ...options, fetch: emulator.fetch })
await seller.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
await seller.close()

const programs = {
  'bare node': '',
  // The least that any signed license costs: a file is read and one signature is checked.
  floor: `
    import { createPublicKey, verify } from 'node:crypto'
    import { readFileSync } from 'node:fs'
    const content = readFileSync(${JSON.stringify(join(directory, 'record'))})
    const key = createPublicKey(readFileSync(${JSON.stringify(join(directory, 'key.pem'))}, 'utf8'))
    if (!verify(null, content.subarray(64), key, content.subarray(0, 64))) process.exit(1)`,
  'import of flavor-license': `import ${JSON.stringify(library)}`,
  'verdict from the record': `
    import { createLicenseClient } from ${JSON.stringify(library)}
    const { state } = await createLicenseClient(${JSON.stringify(options)}).verify()
    if (state !== 'licensed') process.exit(1)`,
}

prepareFloor()
const files = Object.entries(programs).map(([name, code]) => {
  const file = join(directory, `${name.replaceAll(' ', '-')}.mjs`)
  writeFileSync(file, code)
  return { name, file, times: [] as number[] }
})
for (let round = 0; round < rounds; round += 1) {
  for (const program of files) {
    const started = performance.now()
    const { status } = spawnSync(process.execPath, [program.file])
    if (status !== 0) throw new Error(`${program.name} failed.`)
    program.times.push(performance.now() - started)
  }
}
rmSync(directory, { recursive: true })

const [bareTimes, floorTimes] = files.map(({ times }) => median(times))
const bare = bareTimes ?? 0
const floor = (floorTimes ?? 0) - bare
const rows = files.map(({ name, times }) => {
  const over = median(times) - bare
  const quartiles = `${quantile(times, 0.25).toFixed(1)} to ${quantile(times, 0.75).toFixed(1)}`
  return [name, median(times).toFixed(1), quartiles, over.toFixed(1), (over / floor).toFixed(2)]
})
console.log(`Node ${process.version}, ${rounds} rounds, milliseconds; over bare node, and as a ratio to the floor.\n`)
console.log(table(['program', 'median', 'quartiles', 'over bare node', 'ratio'], rows))

function prepareFloor(): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const content = randomBytes(1024)
  writeFileSync(join(directory, 'record'), Buffer.concat([sign(null, content, privateKey), content]))
  writeFileSync(join(directory, 'key.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
}
