// The newest undici that the package permits still has its parts where they are looked for: the whole takes three times
// as long to load, and nothing else would show that it is.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'

const { cache, resolve } = createRequire(import.meta.url)
const loaded = Object.keys(cache).filter((file) => /[\\/]undici[\\/]/.test(file))
if (loaded.length > 0) throw new Error(`Loaded by the start: ${loaded.join(', ')}.`)

// Without an `await` at its top, since it is made a CommonJS module as well.
async function prove() {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-parts-'))
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory,
  })
  const outcome = await client.activate('FLVR-ABCD-EFGH-IJKL-MNOP')
  if (outcome.outcome !== 'activated') throw new Error(`The license was not activated: ${JSON.stringify(outcome)}.`)

  for (const part of ['dispatcher/agent', 'llhttp/llhttp_simd-wasm']) {
    if (!(resolve(`undici/lib/${part}.js`) in cache)) throw new Error(`undici has its part ${part} elsewhere.`)
  }
  if (resolve('undici') in cache) throw new Error('The whole of undici was loaded.')
  await Promise.all([client.close(), hub.close()])
  rmSync(directory, { recursive: true })
}

prove()
