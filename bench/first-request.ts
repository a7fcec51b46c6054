/**
 * The first verified answer of a hub on loopback, from the start of a process to the moment when it is there: by this
 * package, beside what sends the same question over HTTP and verifies nothing. Each program runs in a process of its own,
 * in turns, and reads its own clock, which has begun with its process.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { activateIn, productOn } from './activated-license.js'
import { startHub } from './hub.js'
import { differences, inTurns, median, quartiles, table } from './statistics.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))
const { hub, letGo } = await startHub()
const options = productOn(hub)

/** A product that has this package and undici, as npm lays them. */
function project(name: string, seal: (undiciManifest: object) => object): string {
  const folder = join(directory, name)
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  cpSync('dist', join(modules, 'flavor-license', 'dist'), { recursive: true })
  cpSync('package.json', join(modules, 'flavor-license', 'package.json'))
  cpSync(join('node_modules', 'undici'), join(modules, 'undici'), { recursive: true })
  const manifest = join(modules, 'undici', 'package.json')
  writeFileSync(manifest, JSON.stringify(seal(JSON.parse(readFileSync(manifest, 'utf8')))))
  return folder
}

const asItIs = project('as-it-is', (manifest) => manifest)
/** What undici would be that lets nobody load a part of it. */
const sealed = project('sealed', (manifest) => ({ ...manifest, exports: { '.': './index.js' } }))

const records = join(directory, 'records')
await activateIn(records, hub.licenseKey, options)

const question = JSON.stringify({
  license_key: hub.licenseKey,
  product_slug: options.product.slug,
  domain: options.domain,
  installation_id: 'bench',
  product_version: options.product.version,
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
})
const origin = new URL(hub.url).origin
const path = new URL(`${hub.url}/license/verify`).pathname
const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
const written = (value: unknown) => JSON.stringify(value)
const demandActive = `if (answer.status !== 'active') throw new Error(JSON.stringify(answer))`

const ownClient = `
  import { createLicenseClient } from 'flavor-license'
  const client = createLicenseClient({ ...${written(options)}, directory: process.argv[2] })`
const verifying = `${ownClient}
  const { state, source } = await client.verify({ fresh: true, deadlineMs: 30_000 })
  if (state !== 'licensed' || source !== 'hub') throw new Error(state)`

/** Each with the project that it belongs to, and its code. */
const programs = {
  'bare node': [asItIs, ''],
  'node:http': [
    asItIs,
    `import { request } from 'node:http'
     const answer = await new Promise((resolve, reject) => {
       const asked = request(${written(`${origin}${path}`)}, ${written(post)}, (response) => {
         let text = ''
         response.setEncoding('utf8').on('data', (piece) => { text += piece }).on('end', () => resolve(JSON.parse(text)))
       })
       asked.on('error', reject).end(${written(question)})
     })
     ${demandActive}`,
  ],
  'built-in fetch': [
    asItIs,
    `const response = await fetch(${written(`${origin}${path}`)}, ${written({ ...post, body: question })})
     const answer = await response.json()
     ${demandActive}`,
  ],
  'undici, the whole': [
    asItIs,
    `import { request } from 'undici'
     const response = await request(${written(`${origin}${path}`)}, ${written({ ...post, body: question })})
     const answer = await response.body.json()
     ${demandActive}`,
  ],
  'undici, agent and request alone': [
    asItIs,
    `import Agent from 'undici/lib/dispatcher/agent.js'
     import request from 'undici/lib/api/api-request.js'
     const response = await request.call(new Agent(), ${written({ ...post, body: question, origin, path })})
     const answer = await response.body.json()
     ${demandActive}`,
  ],
  'flavor-license, verify': [asItIs, verifying],
  'the same with the whole of undici': [sealed, verifying],
  'flavor-license, activate': [
    asItIs,
    `${ownClient}
     const { outcome } = await client.activate(${written(hub.licenseKey)}, { deadlineMs: 30_000 })
     if (outcome !== 'activated') throw new Error(outcome)`,
  ],
} as const

type Name = keyof typeof programs
const names = Object.keys(programs) as Name[]
const files = new Map(
  names.map((name, index) => {
    const [folder, code] = programs[name]
    const file = join(folder, `program-${index}.mjs`)
    writeFileSync(file, `${code}\nprocess.stdout.write(String(performance.now()))\nprocess.exit()`)
    return [name, file]
  }),
)

/** Milliseconds from the start of the process to the answer. */
function run(name: Name): number {
  const home = join(directory, 'home')
  if (!name.endsWith('activate')) cpSync(records, home, { recursive: true })
  try {
    return Number(execFileSync(process.execPath, [files.get(name) ?? '', home], { encoding: 'utf8' }))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

try {
  for (const name of names) run(name)
  const times = await inTurns(names, rounds, run)
  const bare = times('bare node')
  const plain = median(differences(times('node:http'), bare))
  const rows = names.slice(1).map((name) => {
    const over = differences(times(name), bare)
    return [name, median(over).toFixed(1), quartiles(over), (median(over) / plain).toFixed(2)]
  })
  console.log(
    `Node ${process.version}, ${rounds} rounds, milliseconds over bare node, which took ${median(bare).toFixed(1)}.\n`,
  )
  console.log(table(['program', 'median', 'quartiles', 'ratio to node:http'], rows))
} finally {
  letGo()
  rmSync(directory, { recursive: true, force: true })
}
