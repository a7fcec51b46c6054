// A reseller's day on a hub of this machine: a client, fifty licenses, one of them in a product, and a revocation that
// the product learns of by a webhook.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { createPortalClient, reverifyOnWebhook, verifyWebhook, type WebhookEvent } from 'flavor-license/portal'

const emulator = createEmulator()
const hub = await emulator.listen()
const directory = await mkdtemp(join(tmpdir(), 'flavor-license-reseller-'))

// 1. Log in. The seed of the emulator has an account of each type.
const account = emulator.accounts.find(({ type }) => type === 'reseller')
assert(account)
const { email, password } = account
const portal = createPortalClient({ hub: { url: hub.url }, auth: { email, password }, directory })
const loggedIn = await portal.login()
assert.equal(loggedIn.outcome, 'logged-in')
console.log(`Logged in as ${email}.`)

// 2. Create a client.
const client = await portal.clients.create({ email: 'owner@shop.example', name: 'Shop', company: 'Shop Ltd' })
assert(client.outcome === 'created')
console.log(`Created the client ${client.item.name}.`)

// 3. Listen for webhooks. A delivery counts only once its signature was checked over the raw bytes.
const events: WebhookEvent[] = []
const receiver = createServer(async (request, response) => {
  const delivery = { body: await buffer(request), headers: request.headers, secret }
  const verified = await verifyWebhook(delivery)
  response.writeHead(verified.outcome === 'rejected' ? 401 : 204).end()
  if (verified.outcome !== 'verified') return
  events.push(verified.event)
  receiver.emit(verified.event.event, verified.event)
})
receiver.listen(0, '127.0.0.1')
await once(receiver, 'listening')
const address = receiver.address()
assert(address !== null && typeof address === 'object')
const webhook = await portal.webhooks.create({
  url: `http://127.0.0.1:${address.port}/hub`,
  events: ['license.activated', 'license.revoked'],
})
assert(webhook.outcome === 'created')
const { secret } = webhook.item

// 4. Create fifty licenses for the client.
const order = { productId: 1, tier: 'starter', customerId: client.item.id, quantity: 50 }
const licenses = await portal.licenses.createBulk(order)
assert(licenses.outcome === 'created')
assert.equal(new Set(licenses.items.map(({ licenseKey }) => licenseKey)).size, 50)
console.log(`Created ${licenses.items.length} licenses.`)

// 5. Activate one in a product, and hear of it.
const [license] = licenses.items
assert(license)
const product = createLicenseClient({
  product: { slug: license.product.slug, version: '1.4.2' },
  domain: 'shop.example',
  hub: { url: hub.url, trustedKeys: emulator.keys },
  directory,
})
const heardOfActivation = once(receiver, 'license.activated')
const activation = await product.activate(license.licenseKey)
assert.equal(activation.outcome, 'activated')
await heardOfActivation
console.log(`The product is ${product.status().state}, and the webhook has told of it.`)

// 6. Revoke it. The event lets the product ask at once; without it, the product would ask within twelve hours.
const heardOfRevocation = once(receiver, 'license.revoked')
const revocation = await portal.licenses.revoke(license.id)
assert.equal(revocation.outcome, 'revoked')
const [event] = await heardOfRevocation
const verdict = await reverifyOnWebhook(product, event)
assert(verdict?.state === 'unlicensed' && verdict.reason === 'revoked')
assert.deepEqual(
  events.map((told) => told.event),
  ['license.activated', 'license.revoked'],
)
console.log(`The product is ${verdict.state}: ${verdict.reason}.`)

await Promise.all([portal.close(), product.close(), hub.close()])
receiver.close()
await rm(directory, { recursive: true })
