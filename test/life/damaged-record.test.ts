import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { createLicenseClient, type LicenseClient } from '../../src/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const url = 'https://hub.example/api/v1'

/** A product whose record is a file, each time started anew. */
function productOnDisk() {
  const directory = temporaryDirectory()
  const emulator = createEmulator({ baseUrl: url })
  return {
    emulator,
    directory,
    damageRecords() {
      const records = readdirSync(directory).filter((name) => name.endsWith('.jws'))
      for (const name of records) writeFileSync(join(directory, name), 'torn')
    },
    start(): LicenseClient {
      const client = createLicenseClient({
        product: { slug: 'flavor-starter', version: '1.4.2' },
        domain: 'mysite.com',
        hub: { url, trustedKeys: emulator.keys },
        fetch: emulator.fetch,
        directory,
      })
      onTestFinished(() => client.close())
      return client
    },
  }
}

it('that is damaged is never taken for a license that never was, however often somebody looks', async () => {
  const product = productOnDisk()
  await product.start().activate(key)
  product.damageRecords()
  const client = product.start()
  const unreadable = { state: 'unknown', reason: 'record-unreadable' }
  // The first look takes the damaged files out of the way.
  expect(await client.verify()).toMatchObject(unreadable)
  expect(readdirSync(product.directory).filter((name) => name.endsWith('.jws'))).toEqual([])
  expect(await client.verify()).toMatchObject(unreadable)
  expect(await product.start().verify()).toMatchObject(unreadable)
})

it('that is damaged is whole again with the key, which takes no second slot', async () => {
  const product = productOnDisk()
  await product.start().activate(key)
  product.damageRecords()
  expect(await product.start().activate(key)).toMatchObject({ outcome: 'activated' })
  expect(await product.start().verify({ offline: true })).toMatchObject({ state: 'licensed' })
  const sold = product.emulator.licenses().find((license) => license.key === key)
  expect(sold?.activations).toHaveLength(1)
})

it('that is forgotten on purpose is none, whatever was set aside of it', async () => {
  const product = productOnDisk()
  await product.start().activate(key)
  product.damageRecords()
  const client = product.start()
  await client.verify()
  await client.reset()
  expect(await client.verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
})
