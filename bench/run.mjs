/**
 * What a product's start pays for a license check: npm run bench. Each program runs in a process of its own, in turns,
 * so that whatever else the machine does meets all of them alike. Figures are ratios against the floor of the same run.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createEmulator } from '../dist/emulator.js'
import { createLicenseClient } from '../dist/index.js'

const rounds = Number(process.argv[2] ?? 20)
const library = pathToFileURL(fileURLToPath(new URL('../dist/index.js', import.meta.url))).href
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))

const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
const options = {
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys },
  directory: join(directory, 'records'),
}
const seller = createLicenseClient({ ...options, fetch: (input, init) => emulator.fetch(input, init) })
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

await prepareFloor()
const files = Object.entries(programs).map(([name, code]) => {
  const file = join(directory, `${name.replaceAll(' ', '-')}.mjs`)
  writeFileSync(file, code)
  return { name, file, times: [] }
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

const quantile = (times, part) => [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0
const bare = quantile(files[0].times, 0.5)
const floor = quantile(files[1].times, 0.5) - bare
console.log(`Node ${process.version}, ${rounds} rounds, milliseconds; over bare node, and as a ratio to the floor.\n`)
console.log('| program | median | quartiles | over bare node | ratio |\n|---|---|---|---|---|')
for (const { name, times } of files) {
  const over = quantile(times, 0.5) - bare
  const cells = [quantile(times, 0.5), quantile(times, 0.25), quantile(times, 0.75), over].map((value) =>
    value.toFixed(1),
  )
  console.log(`| ${name} | ${cells[0]} | ${cells[1]} to ${cells[2]} | ${cells[3]} | ${(over / floor).toFixed(2)} |`)
}

async function prepareFloor() {
  const { generateKeyPairSync, randomBytes, sign } = await import('node:crypto')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const content = randomBytes(1024)
  writeFileSync(join(directory, 'record'), Buffer.concat([sign(null, content, privateKey), content]))
  writeFileSync(join(directory, 'key.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
}
