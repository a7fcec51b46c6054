const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

/** A key that the hub sells from the beginning. */
const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

/** Opens a local hub, and answers the options of a client of it, with a directory of its own. */
async function openHub(createEmulator) {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const given = process.env.LIFE_DIRECTORY
  const directory = given ?? mkdtempSync(join(tmpdir(), 'flavor-license-product-'))
  return {
    emulator,
    options: {
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: emulator.keys },
      directory,
    },
    async close() {
      await hub.close()
      if (given === undefined) rmSync(directory, { recursive: true })
    },
  }
}

module.exports = { key, openHub }
