import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createLicenseClient } from 'flavor-license'
import { createApp } from './app.js'

const { PORT: port = '3000', PASSWORD: expected = randomBytes(12).toString('base64url') } = process.env

const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'auto', // a service without a site of its own
  hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
})
await license.verify()
license.start()

const app = createApp({ license, hosts: [`localhost:${port}`], isPassword: (password) => password === expected })
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => {
  console.log(`http://localhost:${port}/login takes the password "${expected}".`)
})
