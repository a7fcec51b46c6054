import { expect, it } from 'vitest'
import { activatedClient } from './contract-client.js'
import { echoingValidationError, html, json, key, licenseWith } from './documented-answers.js'
import type { HubDouble, Reply } from './transport-way.js'

/** Answers that bring the key back. */
const echoes: readonly (readonly [string, Reply])[] = [
  ['422 that echoes the body', json(422, echoingValidationError)],
  ['422 that echoes it beside a code', json(422, JSON.stringify({ detail: key, code: 'validation_error' }))],
  ['403 with the key in its sentence', json(403, JSON.stringify({ detail: `License ${key} has expired` }))],
  ['404 with the key as its code', json(404, JSON.stringify({ detail: 'License not found', code: key }))],
  ['500 with a trace', { status: 500, headers: { 'content-type': 'text/plain' }, body: `KeyError: ${key}` }],
  ['200 in HTML', html(200, `<p>${key}</p>`)],
  ['200 of another product', json(200, licenseWith({ product_slug: 'flavor-bakery' }))],
  ['307 with the key in the location', { status: 307, headers: { location: `/x?key=${key}` }, body: '' }],
  ['429 with the key', json(429, JSON.stringify({ error: `${key} is over the limit` }))],
]

/** The license key comes back to nobody but the hub. */
export function secrecyContract(opened: () => HubDouble): void {
  it.each(echoes)('%s: the key is in no outcome, verdict or event', async (_name, reply) => {
    const client = await activatedClient(opened())
    const before = client.events.length
    opened().reply(reply)
    const told = [
      await client.activate(key),
      await client.checkUpdates(),
      await client.verify({ fresh: true }),
      await client.deactivate(),
      client.status(),
      ...client.events,
    ]
    expect(client.events.length).toBeGreaterThan(before)
    expect(JSON.stringify(told)).not.toMatch(/ABCD|EFGH|IJKL/)
  })

  it('reports each request without a word of it', async () => {
    const client = await activatedClient(opened())
    expect(client.reports).toEqual([
      { operation: 'activate', sentAt: client.clock.now(), durationMs: 0, status: 200, outcome: 'answer' },
    ])
  })
}
