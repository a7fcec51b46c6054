import { describe, expect, it } from 'vitest'
import { portalUnderTest } from './portal-under-test.js'

const paths = ['/licenses', '/clients', '/clients/{id}/licenses'] as const

async function portalWith30(portalLists: 'array' | 'paged-array' | 'envelope' | undefined) {
  const portal = portalUnderTest({ portalLists })
  const reseller = await portal.as('reseller')
  const { body: client } = await reseller.post('/clients', { email: 'first@shop.example', name: 'First' })
  await reseller.post('/licenses/bulk', { product_id: 1, quantity: 30, customer_id: client.id })
  for (let count = 1; count < 30; count += 1) {
    await reseller.post('/clients', { email: `${count}@shop.example`, name: `Client ${count}` })
  }
  return { reseller, client }
}

describe.each(paths)('%s', (path) => {
  const get = async (form: 'array' | 'paged-array' | 'envelope' | undefined, query: string) => {
    const { reseller, client } = await portalWith30(form)
    return (await reseller.get(`${path.replace('{id}', client.id)}${query}`)).body
  }

  it('is a bare array of all, as documented', async () => {
    expect(await get(undefined, '?page=2&per_page=10')).toHaveLength(30)
  })

  it('is a page of a bare array where that is asked for', async () => {
    expect(await get('paged-array', '')).toHaveLength(25)
    expect(await get('paged-array', '?page=2')).toHaveLength(5)
    expect(await get('paged-array', '?page=3')).toEqual([])
  })

  it('is an envelope where that is asked for', async () => {
    expect(await get('envelope', '')).toMatchObject({ total: 30, page: 1, per_page: 25 })
    expect((await get('envelope', '')).items).toHaveLength(25)
    const last = await get('envelope', '?page=4&per_page=9')
    expect([last.items.length, last.total, last.page, last.per_page]).toEqual([3, 30, 4, 9])
  })
})
