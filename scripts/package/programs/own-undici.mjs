// A product that asks its hub, which is elsewhere, loads no second undici beside the package's: that of Node itself comes with
// an `import` of node:http from Node 22 on, and holds up the product for 50 ms.
import { createLicenseClient } from 'flavor-license'
import { key } from './hub.cjs'

const client = createLicenseClient(JSON.parse(process.env.HUB_OPTIONS))
const { outcome } = await client.activate(key)
if (outcome !== 'activated') throw new Error(`The license was not activated: ${outcome}.`)
const loaded = process.moduleLoadList.filter((name) => name.includes('internal/deps/undici'))
if (loaded.length > 0) throw new Error(`Loaded with it: ${loaded.join(', ')}.`)
await client.close()
