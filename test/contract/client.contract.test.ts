import { afterAll, beforeAll, describe } from 'vitest'
import { answersContract } from './answers.contract.js'
import { rateLimitContract } from './rate-limit.contract.js'
import { refusalsContract } from './refusals.contract.js'
import { requestsContract } from './requests.contract.js'
import { secrecyContract } from './secrecy.contract.js'
import { type HubDouble, transportWays } from './transport-way.js'

describe.each(transportWays)('the contract with the hub, by $name', ({ open }) => {
  let hub: HubDouble | undefined
  beforeAll(async () => {
    hub = await open()
  })
  afterAll(async () => {
    await hub?.close()
  })
  const opened = (): HubDouble => {
    if (!hub) throw new Error('The hub is not open yet.')
    return hub
  }

  describe('requests', () => requestsContract(opened))
  describe('answers', () => answersContract(opened))
  describe('refusals and setbacks', () => refusalsContract(opened))
  describe('429', () => rateLimitContract(opened))
  describe('secrecy', () => secrecyContract(opened))
})
