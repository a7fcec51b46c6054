import { randomBytes } from 'node:crypto'
import { createLicenseClient } from 'flavor-license'
import { administrator } from './administrator.js'
import { createShop } from './shop.js'

const { PORT: port = '3000', SITE_DOMAIN: domain = 'localhost' } = process.env
const { ADMIN_PASSWORD: password = randomBytes(12).toString('base64url') } = process.env

const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain,
  hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
})
await license.verify()
license.start()

const hosts = [domain, `localhost:${port}`]
createShop({ license, hosts, isAdministrator: administrator(password) }).listen(Number(port), '127.0.0.1', () => {
  console.log(`http://localhost:${port}/license/ takes the name "admin" and the password "${password}".`)
})
