import { describe, expect, it } from 'vitest'
import { isListInterrupted } from '../../src/portal/index.js'
import { clientJson } from './documented-portal.js'
import { apiKeyAuth, portalUnderTest, type ScriptedReply, scriptedHub } from './portal-under-test.js'

const clients = (first: number, count: number): readonly object[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => ({ ...JSON.parse(clientJson), id: first + index }))

type Form = 'array' | 'paged-array' | 'envelope'

/** A hub with some clients. `mostPerPage` is what it puts on a page at most, whatever it is asked for. */
function hubWithClients(count: number, form: Form, mostPerPage = 100) {
  return scriptedHub(({ target }): ScriptedReply => {
    const query = new URL(target, 'https://hub.example').searchParams
    const page = Number(query.get('page'))
    const perPage = Math.min(Number(query.get('per_page')), mostPerPage)
    const items = clients((page - 1) * perPage + 1, Math.min(perPage, count - (page - 1) * perPage))
    const bodies = {
      array: clients(1, count),
      'paged-array': items,
      envelope: { items, total: count, page, per_page: perPage },
    }
    return { status: 200, body: bodies[form] }
  })
}

const portalOn = (transport: ReturnType<typeof scriptedHub>) => portalUnderTest({ auth: apiKeyAuth }, { transport })

describe('a list that pages by itself', () => {
  const cases = (['array', 'paged-array', 'envelope'] as const).flatMap((form) =>
    [0, 1, 24, 25, 26, 50, 60].map((count) => [form, count] as const),
  )

  it.each(cases)('brings each item once, from a hub that lists as %s, with %i of them', async (form, count) => {
    const ids: number[] = []
    for await (const { id } of portalOn(hubWithClients(count, form)).clients.list()) ids.push(id)
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  })

  it.each(cases)('brings the same all at once: %s, %i', async (form, count) => {
    const listed = await portalOn(hubWithClients(count, form)).clients.list().all({ perPage: 25 })
    expect(listed).toHaveProperty('items.length', count)
  })

  it('asks for as many pages as there are, and no more', async () => {
    const hub = hubWithClients(60, 'envelope')
    await portalOn(hub).clients.list().all()
    expect(hub.lines()).toEqual([1, 2, 3].map((page) => `GET /portal/clients?page=${page}&per_page=25`))
  })

  it('goes by what the hub puts on a page, not by what it was asked for', async () => {
    const hub = hubWithClients(60, 'envelope', 10)
    expect(await portalOn(hub).clients.list().all({ perPage: 50 })).toHaveProperty('items.length', 60)
    expect(hub.asked).toHaveLength(6)
  })

  it('asks for nothing until it is read, and no page that nobody reads', async () => {
    const hub = hubWithClients(60, 'envelope')
    const list = portalOn(hub).clients.list()
    expect(hub.asked).toHaveLength(0)
    for await (const _client of list) break
    expect(hub.asked).toHaveLength(1)
  })

  it('does not bring an item twice that has moved to the next page', async () => {
    const pages = [clients(1, 25), clients(25, 25), clients(50, 1)]
    const hub = scriptedHub(({ target }) => {
      const page = Number(new URL(target, 'https://hub.example').searchParams.get('page'))
      return { status: 200, body: { items: pages[page - 1] ?? [], total: 51, page, per_page: 25 } }
    })
    const listed = await portalOn(hub).clients.list().all()
    expect(listed).toHaveProperty('items.length', 50)
  })

  it('ends where a hub promises more than it has', async () => {
    const hub = scriptedHub(() => ({ status: 200, body: { items: [], total: 1_000, page: 1, per_page: 25 } }))
    expect(await portalOn(hub).clients.list().all()).toEqual({ outcome: 'listed', items: [] })
    expect(hub.asked).toHaveLength(1)
  })

  it('ends where a hub answers every page with the same one', async () => {
    const hub = scriptedHub(() => ({ status: 200, body: clients(1, 25) }))
    expect(await portalOn(hub).clients.list().all()).toHaveProperty('items.length', 25)
    expect(hub.asked).toHaveLength(2)
  })
})

describe('a list that is cut off', () => {
  const cutOff = () => {
    const whole = hubWithClients(60, 'envelope')
    return scriptedHub(async (request) => {
      if (request.target.includes('?page=2&')) return { status: 429, headers: { 'retry-after': '90' } }
      const { method, target, headers } = request
      const url = `https://hub.example/api/v1${target}`
      const result = await whole.send({ method: 'GET', url, headers, body: null, deadlineMs: 1, maxBytes: 1 })
      return method === 'GET' && result.ok
        ? { status: 200, body: JSON.parse(new TextDecoder().decode(result.response.body)) }
        : { status: 500 }
    })
  }

  it('never passes for a whole one: a loop ends with an error that says why', async () => {
    const portal = portalOn(cutOff())
    const seen: number[] = []
    const retryAt = portal.clock.now() + 90_000
    const error: unknown = await (async () => {
      for await (const { id } of portal.clients.list()) seen.push(id)
    })().catch((reason: unknown) => reason)
    expect(seen).toHaveLength(25)
    expect(isListInterrupted(error) && error.outcome).toMatchObject({
      outcome: 'deferred',
      reason: 'rate-limited',
      retryAt,
    })
  })

  it('is an outcome where all of it is asked for', async () => {
    expect(await portalOn(cutOff()).clients.list().all()).toMatchObject({ outcome: 'deferred', reason: 'rate-limited' })
  })
})

describe('one page', () => {
  it('says whether there is more', async () => {
    const list = portalOn(hubWithClients(60, 'envelope')).clients.list()
    expect(await list.page()).toMatchObject({ outcome: 'listed', page: 1, total: 60, hasMore: true })
    expect(await list.page({ page: 3 })).toMatchObject({ page: 3, hasMore: false, items: { length: 10 } })
  })

  it.each([
    [{ page: 0 }, ['page']],
    [{ perPage: 1.5 }, ['perPage']],
    [{ page: -1, perPage: 0 }, ['page', 'perPage']],
  ])('%j is refused without asking, and the fields are named', async (options, fields) => {
    const hub = hubWithClients(1, 'array')
    expect(await portalOn(hub).clients.list().page(options)).toMatchObject({
      outcome: 'refused',
      reason: 'invalid-input',
      fields,
    })
    expect(hub.asked).toEqual([])
  })
})
