import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { licenseJson } from './documented-portal.js'
import { apiKeyAuth, portalUnderTest, type ScriptedReply, scriptedHub } from './portal-under-test.js'

interface Shop {
  readonly hub: ReturnType<typeof scriptedHub>
  /** Ids of what was really created. */
  readonly created: number[]
}

type Fate = 'answered' | 'lost' | 'refused' | 'limited'

/** A hub that creates what it is asked for, and whose answers meet with a fate each. */
function shop(fateOf: (request: number) => Fate = () => 'answered'): Shop {
  const created: number[] = []
  let requests = 0
  const hub = scriptedHub(({ body }): ScriptedReply => {
    requests += 1
    const fate = fateOf(requests)
    if (fate === 'refused') return { status: 403, body: { detail: 'Not enough credits' } }
    if (fate === 'limited') return { status: 429, headers: { 'retry-after': '60' } }
    const quantity: number = Object(body).quantity ?? 1
    const items = Array.from({ length: quantity }, () => {
      created.push(created.length + 1)
      return { ...JSON.parse(licenseJson), id: created.length }
    })
    if (fate === 'lost') return 'connection-lost'
    return { status: 201, body: Object(body).quantity === undefined ? items[0] : { items } }
  })
  return { hub, created }
}

const portalOn = ({ hub }: Shop) => portalUnderTest({ auth: apiKeyAuth }, { transport: hub })
const quantities = ({ hub }: Shop) => hub.asked.map(({ body }) => Object(body).quantity)

describe('an order of many licenses', () => {
  it.each([
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('of %i goes out as %j', async (quantity, parts) => {
    const there = shop()
    const outcome = await portalOn(there).licenses.createBulk({ productId: 1, quantity })
    expect(outcome).toMatchObject({ outcome: 'created', items: { length: quantity } })
    expect(quantities(there)).toEqual(parts)
  })

  it('is never sent again where the answer is lost: what may have been created is unknown', async () => {
    const there = shop((request) => (request === 2 ? 'lost' : 'answered'))
    const outcome = await portalOn(there).licenses.createBulk({ productId: 1, quantity: 250 })
    expect(quantities(there)).toEqual([100, 100])
    expect(outcome).toMatchObject({
      outcome: 'created-in-part',
      items: { length: 100 },
      unknown: 100,
      remaining: 50,
      stoppedBy: { outcome: 'uncertain', reason: 'connection-lost' },
      message: expect.stringMatching(/^100 of 250 licenses were created, of 100 it is not known, 50 were not\. /),
    })
  })

  it('tells of each license what became of it', async () => {
    const there = shop((request) => (request === 2 ? 'lost' : 'answered'))
    const outcome = await portalOn(there).licenses.createBulk({ productId: 1, quantity: 202 })
    const states = outcome.outcome === 'created-in-part' ? outcome.results.map(({ state }) => state) : []
    expect(states).toEqual([...Array(100).fill('created'), ...Array(100).fill('unknown'), 'not-created', 'not-created'])
  })

  it.each([
    ['refused', { outcome: 'refused', reason: 'insufficient-credits' }],
    ['limited', { outcome: 'deferred', reason: 'rate-limited' }],
  ] as const)('that is %s halfway has created what it says, and nothing else', async (fate, stoppedBy) => {
    const there = shop((request) => (request === 2 ? fate : 'answered'))
    const outcome = await portalOn(there).licenses.createBulk({ productId: 1, quantity: 150 })
    expect(outcome).toMatchObject({
      outcome: 'created-in-part',
      items: { length: 100 },
      unknown: 0,
      remaining: 50,
      stoppedBy,
    })
    expect(there.created).toHaveLength(100)
  })

  it.each(['refused', 'limited'] as const)('that is %s at once is just that', async (fate) => {
    const outcome = await portalOn(shop(() => fate)).licenses.createBulk({ productId: 1, quantity: 150 })
    expect(outcome.outcome).toBe(fate === 'refused' ? 'refused' : 'deferred')
  })

  it('is not completed with more requests by a hub that creates fewer', async () => {
    const hub = scriptedHub(() => ({ status: 201, body: { items: [JSON.parse(licenseJson)] } }))
    const outcome = await portalOn({ hub, created: [] }).licenses.createBulk({ productId: 1, quantity: 3 })
    expect(outcome).toMatchObject({ outcome: 'created-in-part', items: { length: 1 }, unknown: 0, remaining: 2 })
    expect(hub.asked).toHaveLength(1)
  })

  it('that is repeated for what remains creates nothing twice, whatever happens on the way', async () => {
    const fates = fc.array(fc.constantFrom<Fate>('answered', 'answered', 'refused', 'limited', 'lost'), {
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 350 }), fates, async (quantity, script) => {
        const there = shop((request) => script[request - 1] ?? 'answered')
        const portal = portalOn(there)
        let left = quantity
        let known = 0
        let unknown = 0
        while (left > 0) {
          const outcome = await portal.licenses.createBulk({ productId: 1, quantity: left })
          // The silence after "too many requests" ends.
          portal.clock.advance(600_000)
          if (outcome.outcome === 'created') {
            known += outcome.items.length
            left = 0
          } else if (outcome.outcome === 'created-in-part') {
            known += outcome.items.length
            unknown += outcome.unknown
            left = outcome.remaining
          }
        }
        expect(known + unknown).toBe(quantity)
        expect(there.created).toHaveLength(quantity)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a single creation', () => {
  it.each([
    ['connection-lost', 'uncertain'],
    ['timeout', 'uncertain'],
    ['network-failed', 'uncertain'],
    ['too-large', 'uncertain'],
    ['name-not-resolved', 'deferred'],
    ['connection-refused', 'deferred'],
    ['tls-failed', 'deferred'],
    ['proxy-failed', 'deferred'],
  ] as const)('that ends in %s is %s, and is sent once', async (reason, kind) => {
    const hub = scriptedHub(() => reason)
    const portal = portalOn({ hub, created: [] })
    const sentAt = portal.clock.now()
    const outcome = await portal.licenses.create({ productId: 1 })
    expect(outcome).toMatchObject({ outcome: kind, reason, ...(kind === 'uncertain' && { sentAt }) })
    expect(hub.asked).toHaveLength(1)
  })

  it.each([
    ['a crash', { status: 500 }, 'uncertain'],
    ['a gateway that lost its hub', { status: 502 }, 'uncertain'],
    ['an answer that is no license', { status: 201, body: {} }, 'uncertain'],
    ['too many requests', { status: 429 }, 'deferred'],
    ['a proxy that wants a password', { status: 407 }, 'deferred'],
    ['a path that the hub does not know', { status: 404, body: { detail: 'Not Found' } }, 'deferred'],
  ] as const)('that ends in %s is told apart', async (_, reply, kind) => {
    const portal = portalOn({ hub: scriptedHub(() => reply), created: [] })
    expect(await portal.licenses.create({ productId: 1 })).toMatchObject({ outcome: kind })
    expect(
      await portalOn({ hub: scriptedHub(() => reply), created: [] }).clients.create({
        email: 'a@b.example',
        name: 'A',
      }),
    ).toMatchObject({ outcome: kind })
  })
})
