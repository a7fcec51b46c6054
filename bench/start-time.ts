import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator } from '../src/emulator/index.js'
import { createLicenseClient } from '../src/index.js'

/** A program, and how long each of its processes took from start to end, in milliseconds. */
export interface TimedProgram {
  readonly name: string
  readonly file: string
  readonly times: readonly number[]
}

/** Runs each program in a process of its own, in turns, so that whatever else the machine does meets all of them alike. */
export function startInTurns(programs: Readonly<Record<string, string>>, rounds: number): readonly TimedProgram[] {
  const timed = Object.entries(programs).map(([name, file]) => ({ name, file, times: [] as number[] }))
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, file, times } of timed) {
      const started = performance.now()
      const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
      times.push(performance.now() - started)
    }
  }
  return timed
}

/** How a program loads what it needs. */
export type ModuleSystem = 'ESM' | 'CJS'

const loading: Readonly<Record<ModuleSystem, (names: string, module: string) => string>> = {
  ESM: (names, module) => `import { ${names} } from ${JSON.stringify(module)}`,
  CJS: (names, module) => `const { ${names} } = require(${JSON.stringify(module)})`,
}

/** The least that any signed license costs: a file is read and one signature is checked, with Node's own modules alone. */
export function floorProgram(directory: string, system: ModuleSystem = 'ESM'): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const content = randomBytes(1024)
  const record = join(directory, `record-${system}`)
  const pem = join(directory, `key-${system}.pem`)
  writeFileSync(record, Buffer.concat([sign(null, content, privateKey), content]))
  writeFileSync(pem, publicKey.export({ type: 'spki', format: 'pem' }))
  return `
    ${loading[system]('createPublicKey, verify', 'node:crypto')}
    ${loading[system]('readFileSync', 'node:fs')}
    const content = readFileSync(${JSON.stringify(record)})
    const key = createPublicKey(readFileSync(${JSON.stringify(pem)}, 'utf8'))
    if (!verify(null, content.subarray(64), key, content.subarray(0, 64))) process.exit(1)`
}

/** A program that loads a library and does nothing with it. */
export function importProgram(library: string, system: ModuleSystem = 'ESM'): string {
  return system === 'ESM' ? `import ${JSON.stringify(library)}` : `require(${JSON.stringify(library)})`
}

/**
 * A program that asks for the verdict of a license which has been activated in `directory`.
 *
 * @param library - What it loads.
 */
export async function verdictProgram(
  library: string,
  directory: string,
  system: ModuleSystem = 'ESM',
): Promise<string> {
  const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
  const options = {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys },
    directory: join(directory, `records-${system}`),
  }
  const seller = createLicenseClient({ ...options, fetch: emulator.fetch })
  await seller.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
  await seller.close()
  return `
    ${loading[system]('createLicenseClient', library)}
    createLicenseClient(${JSON.stringify(options)}).verify().then(({ state }) => {
      if (state !== 'licensed') process.exit(1)
    })`
}
