import { describe, expect, it } from 'vitest'
import { hourMs, startOfTime } from '../support/manual-clock.js'
import { activatedClient, type ContractClient, contractClient } from './contract-client.js'
import {
  type DocumentedCode,
  documentedErrors,
  generalRefusals,
  json,
  key,
  licenseWith,
  setbackAnswers,
} from './documented-answers.js'
import type { HubDouble } from './transport-way.js'

type Expected = Readonly<Record<DocumentedCode, string>>

/** The reason of the refusal, or `deferred` where the code is no answer to the question that was asked. */
const activation: Expected = {
  invalid_key_format: 'invalid-key',
  license_not_found: 'not-found',
  product_not_found: 'wrong-product',
  release_not_found: 'deferred',
  component_not_found: 'deferred',
  license_revoked: 'revoked',
  license_expired: 'expired',
  activation_limit_reached: 'limit-reached',
  domain_not_activated: 'deferred',
  tier_not_entitled: 'deferred',
  product_mismatch: 'wrong-product',
}

const updates: Expected = {
  invalid_key_format: 'deferred',
  license_not_found: 'not-found',
  product_not_found: 'wrong-product',
  release_not_found: 'deferred',
  component_not_found: 'deferred',
  license_revoked: 'revoked',
  license_expired: 'expired',
  activation_limit_reached: 'deferred',
  domain_not_activated: 'not-activated',
  tier_not_entitled: 'not-entitled',
  product_mismatch: 'wrong-product',
}

const sentence = expect.stringMatching(/^[A-Z].*\.$/s)

function outcomeOf(expected: string): object {
  return expected === 'deferred'
    ? { outcome: 'deferred', reason: 'refused', message: sentence, retryAt: expect.any(Number) }
    : { outcome: 'refused', reason: expected, message: sentence }
}

/** What the hub's errors, and everybody else's, turn into. */
export function refusalsContract(opened: () => HubDouble): void {
  const answers = documentedErrors.flatMap((error) => [
    { ...error, form: 'with its code', body: JSON.stringify({ detail: error.detail, code: error.code }) },
    { ...error, form: 'by its sentence alone', body: JSON.stringify({ detail: error.detail }) },
    { ...error, form: 'with its code and an object', body: JSON.stringify({ detail: { why: 1 }, code: error.code }) },
  ])

  describe.each(answers)('$status $code $form', ({ status, code, body }) => {
    it('decides an activation', async () => {
      const client = contractClient(opened())
      opened().reply(json(status, body))
      expect(await client.activate(key)).toEqual(outcomeOf(activation[code]))
      expect(await client.verify({ offline: true })).toMatchObject({ state: 'unknown', reason: 'no-record' })
    })

    it('never lowers a verdict', async () => {
      const client = await staleClient()
      opened().reply(json(status, body))
      expect(await client.verify()).toMatchObject({ state: 'grace', reason: 'refused', source: 'record' })
    })

    it('never undoes an activation by the refusal of another key', async () => {
      const client = await activatedClient(opened())
      opened().reply(json(status, body))
      expect(await client.activate('FLVR-BUSI-NESS-0000-0001')).toEqual(outcomeOf(activation[code]))
      expect(client.status()).toMatchObject({ state: 'licensed', licenseKey: 'FLVR-****-****-****-MNOP' })
    })

    it('defers a deactivation', async () => {
      const client = await activatedClient(opened())
      opened().reply(json(status, body))
      expect(await client.deactivate()).toEqual(outcomeOf('deferred'))
      expect(client.status()).toMatchObject({ state: 'licensed' })
    })

    it('decides an update check', async () => {
      const client = await activatedClient(opened())
      opened().reply(json(status, body))
      expect(await client.checkUpdates()).toEqual(outcomeOf(updates[code]))
    })
  })

  it.each([
    ['revoked', 'revoked'],
    ['expired', 'expired'],
  ])('activate: a license with the status %s is refused', async (status, reason) => {
    const client = contractClient(opened())
    opened().reply(json(200, licenseWith({ status })))
    expect(await client.activate(key)).toEqual(outcomeOf(reason))
  })

  it('says with a limit that is reached how far it is used, where the hub does', async () => {
    const client = contractClient(opened())
    const activations = { used: 3, limit: 3 }
    opened().reply(json(403, JSON.stringify({ detail: 'Activation limit reached', activations })))
    expect(await client.activate(key)).toEqual({ ...outcomeOf('limit-reached'), activations })
    opened().reply(json(403, JSON.stringify({ detail: 'License has been revoked', activations })))
    expect(await client.activate(key)).toEqual(outcomeOf('revoked'))
  })

  it.each(generalRefusals)('%s defers everything as refused', async (_name, reply) => {
    const client = await activatedClient(opened())
    opened().reply(reply)
    await expectDeferred(client, 'refused')
  })

  it.each(setbackAnswers)('%s defers everything as a setback', async (_name, reply, reason) => {
    const client = await activatedClient(opened())
    opened().reply(reply)
    await expectDeferred(client, reason)
  })

  async function staleClient(): Promise<ContractClient> {
    const client = await activatedClient(opened())
    client.clock.advance(13 * hourMs)
    return client
  }

  async function expectDeferred(client: ContractClient, reason: string): Promise<void> {
    const deferred = { outcome: 'deferred', reason, message: sentence, retryAt: startOfTime }
    expect(await client.activate(key)).toEqual(deferred)
    expect(await client.deactivate()).toEqual(deferred)
    expect(await client.checkUpdates()).toEqual(deferred)
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', lastAttempt: { reason } })
    client.clock.advance(13 * hourMs)
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'grace', reason, source: 'record' })
  }
}
