import { describe, expect, it } from 'vitest'
import { hubUnderTest, keys, startsAt } from './hub-under-test.js'

describe('the arrival log', () => {
  it('has every request in its order', async () => {
    const { post, emulator, clock } = hubUnderTest()
    await post('/license/activate', {}, { remoteAddress: '192.0.2.7', headers: { 'user-agent': 'product/1' } })
    clock.advance(500)
    await post('/unknown')
    expect(emulator.arrivals).toEqual([
      {
        order: 1,
        at: startsAt,
        method: 'POST',
        path: '/api/v1/license/activate',
        route: 'activate',
        category: 'activation',
        remoteAddress: '192.0.2.7',
        userAgent: 'product/1',
        licenseKey: 'FLVR-****-****-****-MNOP',
        status: 200,
      },
      expect.objectContaining({ order: 2, at: startsAt + 500, route: null, category: null, status: 404 }),
    ])
    emulator.clearArrivals()
    expect(emulator.arrivals).toEqual([])
    await post('/license/verify')
    expect(emulator.arrivals).toMatchObject([{ order: 3 }])
  })

  it('never has a license key in clear, wherever a client puts it', async () => {
    const { post, emulator } = hubUnderTest()
    await post(`/${keys.starter}?key=${keys.starter}`, {}, { headers: { 'user-agent': keys.starter.toLowerCase() } })
    await post('/license/verify', { license_key: `${keys.starter}-` })
    await post('/license/verify', { license_key: keys.starter.slice(0, -1) })
    const log = JSON.stringify(emulator.arrivals).toUpperCase()
    expect(emulator.arrivals).toHaveLength(3)
    expect(log).not.toContain('ABCD')
    expect(log).not.toContain('IJKL')
  })
})
