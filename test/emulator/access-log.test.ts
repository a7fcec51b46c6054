import { expect, it } from 'vitest'
import type { Arrival } from '../../src/emulator/index.js'
import { hubUnderTest } from './hub-under-test.js'

it('is told of each request once it is answered or dropped, without the license key', async () => {
  const log: Arrival[] = []
  const { emulator, post } = hubUnderTest({ onArrival: (arrival) => log.push({ ...arrival }) })
  await post('/license/activate')
  emulator.faults.inject({ route: 'verify', kind: 'drop', when: 'after' })
  await expect(post('/license/verify')).rejects.toThrow('fetch failed')
  expect(log.map(({ route, status, licenseKey }) => [route, status, licenseKey])).toEqual([
    ['activate', 200, 'FLVR-****-****-****-MNOP'],
    ['verify', null, 'FLVR-****-****-****-MNOP'],
  ])
})
