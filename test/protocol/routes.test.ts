import { describe, expect, it } from 'vitest'
import { machineRoutes, rateLimits } from '../../src/protocol/routes.js'

describe('the routes', () => {
  it.each([
    ['activate', '/license/activate', 'activation'],
    ['verify', '/license/verify', 'verify'],
    ['deactivate', '/license/deactivate', 'activation'],
    ['updateCheck', '/update/check', 'update'],
    ['updateInfo', '/update/info', 'update'],
    ['updateDownload', '/update/download', 'download'],
    ['componentList', '/components/list', 'component'],
    ['componentAvailable', '/components/available', 'component'],
    ['componentCheck', '/components/check', 'component'],
    ['componentDownload', '/components/{slug}/download', 'component-download'],
  ] as const)('post %s to %s within the budget %s', (name, path, category) => {
    expect(machineRoutes[name]).toEqual({ method: 'POST', path, category })
  })

  it('are these ten and no others', () => {
    expect(Object.keys(machineRoutes)).toHaveLength(10)
  })
})

describe('the documented rate limits', () => {
  it.each([
    ['login', 5],
    ['password', 3],
    ['refresh', 10],
    ['activation', 10],
    ['verify', 30],
    ['update', 30],
    ['download', 5],
    ['component', 30],
    ['component-download', 100],
  ] as const)('allow for %s %i requests a minute', (category, limit) => {
    expect(rateLimits[category]).toEqual({ limit, windowMs: 60_000 })
  })

  it('are these nine and no others', () => {
    expect(Object.keys(rateLimits)).toHaveLength(9)
  })
})
