/**
 * What a product's start pays for a license check, and how much is installed, beside what others offer on npm. Each
 * package is installed in a project of its own from the registry, without its install scripts, in the version named
 * here; nothing else leaves this machine. Programs run in processes of their own, in turns.
 */
import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { floorProgram, startInTurns, verdictProgram } from './start-time.js'
import { differences, median, quartiles, table } from './statistics.js'

interface Peer {
  readonly name: string
  /** What npm installs: a package in an exact version, or a tarball. */
  readonly source: string
  /** A program that asks for a verdict without a network, or why there is none. */
  readonly verdict: ((directory: string) => string | Promise<string>) | string
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-peers-'))

const ownServer = 'it asks its own server at an address that cannot be changed'
const peers: readonly Peer[] = [
  { name: 'flavor-license', source: packed(), verdict: (home) => verdictProgram('flavor-license', home) },
  { name: 'jose', source: 'jose@6.2.18', verdict: joseVerdict },
  { name: 'cryptolens', source: 'cryptolens@1.0.11', verdict: cryptolensVerdict },
  {
    name: '@lemonsqueezy/lemonsqueezy.js',
    source: '@lemonsqueezy/lemonsqueezy.js@4.0.0',
    verdict: `${ownServer}, and keeps nothing for the time without one`,
  },
  {
    name: '@licensespring/node-sdk',
    source: '@licensespring/node-sdk@1.4.17',
    verdict: 'its license allows its use with its own service alone',
  },
  {
    name: '@cryptlex/lexactivator',
    source: '@cryptlex/lexactivator@3.34.2',
    verdict: 'it needs a file about the product, which its own service makes',
  },
  { name: '@licenseseat/js', source: '@licenseseat/js@0.1.0', verdict: ownServer },
]

/** This package as it is published. */
function packed(): string {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory]
  const [{ filename }] = JSON.parse(execFileSync('npm', words, { encoding: 'utf8' }))
  return join(directory, filename)
}

/** A token of the size of a license, verified: the least that a package for signed tokens does. */
function joseVerdict(home: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'https://hub.example', status: 'active', exp: 4_102_444_800, padding: 'x'.repeat(400) }
  const signed = `${part({ alg: 'EdDSA' })}.${part(claims)}`
  const token = join(home, 'license.jwt')
  writeFileSync(token, `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`)
  return `
    import { readFileSync } from 'node:fs'
    import { importJWK, jwtVerify } from 'jose'
    const key = await importJWK(${JSON.stringify(publicKey.export({ format: 'jwk' }))}, 'EdDSA')
    const { payload } = await jwtVerify(readFileSync(${JSON.stringify(token)}, 'utf8'), key, { issuer: 'https://hub.example' })
    if (payload.status !== 'active') process.exit(1)`
}

/** What its `Helpers.SaveAsString` has kept, as its documentation shows: an answer of its server, signed with RSA. */
function cryptolensVerdict(home: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const number = (text: string) => Buffer.from(text, 'base64url').toString('base64')
  const key = `<RSAKeyValue><Modulus>${number(n)}</Modulus><Exponent>${number(e)}</Exponent></RSAKeyValue>`
  const license = { ProductId: 3349, Key: 'GEBNC-WZZJD-VJIHG-GCMVD', Expires: 4_102_444_800, SignDate: 1_767_225_600 }
  const content = Buffer.from(JSON.stringify({ ...license, Notes: 'x'.repeat(400) }))
  const file = join(home, 'license.skm')
  const signature = sign('sha256', content, privateKey).toString('base64')
  writeFileSync(file, JSON.stringify({ licenseKey: content.toString('base64'), signature, result: 0 }))
  return `
    import { readFileSync } from 'node:fs'
    import cryptolens from 'cryptolens'
    const license = cryptolens.Helpers.LoadFromString(${JSON.stringify(key)}, readFileSync(${JSON.stringify(file)}, 'utf8'))
    if (license === null || cryptolens.Helpers.HasExpired(license)) process.exit(1)`
}

interface Installed {
  readonly peer: Peer
  readonly packages: number
  readonly mebibytes: number
  readonly importing: string
  readonly verdict: string | undefined
}

async function install(peer: Peer): Promise<Installed> {
  const home = join(directory, createHash('sha256').update(peer.name).digest('hex').slice(0, 8))
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }')
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  execFileSync('npm', ['install', ...quietly, peer.source], { cwd: home, encoding: 'utf8', stdio: 'pipe' })
  const listed = execFileSync('npm', ['ls', '--all', '--parseable'], { cwd: home, encoding: 'utf8' })
  const program = (name: string, code: string) => {
    const file = join(home, `${name}.mjs`)
    writeFileSync(file, code)
    return file
  }
  return {
    peer,
    packages: listed.trim().split('\n').length - 1,
    mebibytes: bytesIn(join(home, 'node_modules')) / 2 ** 20,
    importing: program('import', `import ${JSON.stringify(peer.name)}`),
    verdict: typeof peer.verdict === 'string' ? undefined : program('verdict', await peer.verdict(home)),
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0)
}

try {
  const installed: Installed[] = []
  for (const peer of peers) {
    try {
      installed.push(await install(peer))
    } catch (error) {
      const [reason] = /npm error code \w+/.exec(String(error)) ?? [String(error).split('\n')[0]]
      console.log(`${peer.source} cannot be installed here: ${reason}.`)
    }
  }
  const programs: Record<string, string> = { bare: join(directory, 'bare.mjs'), floor: join(directory, 'floor.mjs') }
  writeFileSync(join(directory, 'bare.mjs'), '')
  writeFileSync(join(directory, 'floor.mjs'), floorProgram(directory))
  for (const { peer, importing, verdict } of installed) {
    programs[`import of ${peer.name}`] = importing
    if (verdict !== undefined) programs[`verdict of ${peer.name}`] = verdict
  }
  const timed = new Map(startInTurns(programs, rounds).map(({ name, times }) => [name, times]))
  const bare = timed.get('bare') ?? []
  const over = (name: string) => differences(timed.get(name) ?? [], bare)
  const floor = median(over('floor'))

  console.log(
    `Node ${process.version}, ${rounds} rounds, milliseconds over the bare node of the same round, which took ${median(bare).toFixed(1)}.\n`,
  )
  const starts = ['floor', ...[...timed.keys()].filter((name) => name !== 'bare' && name !== 'floor')]
  console.log(
    table(
      ['program', 'median', 'quartiles', 'ratio to the floor'],
      starts.map((name) => {
        const own = over(name)
        return [name, median(own).toFixed(1), quartiles(own), (median(own) / floor).toFixed(2)]
      }),
    ),
  )
  console.log(
    `\n${table(
      ['installed', 'packages', 'MiB'],
      installed.map(({ peer, packages, mebibytes }) => [
        peer.source.startsWith(directory) ? peer.name : peer.source,
        String(packages),
        mebibytes.toFixed(1),
      ]),
    )}\n`,
  )
  for (const { peer } of installed) {
    if (typeof peer.verdict === 'string') console.log(`No verdict of ${peer.name}: ${peer.verdict}.`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
