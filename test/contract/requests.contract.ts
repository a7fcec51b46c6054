import { expect, it } from 'vitest'
import { packageVersion } from '../../src/package-version.js'
import { fixedNonce } from '../support/fixed-random.js'
import { activatedClient, contractClient } from './contract-client.js'
import { deactivatedJson, json, key, licenseJson, noUpdateJson } from './documented-answers.js'
import type { HubDouble, SeenRequest } from './transport-way.js'

const licenseRequest =
  '{"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","product_slug":"flavor-starter","domain":"mysite.com",' +
  `"installation_id":"installation-1","product_version":"1.4.2","nonce":"${fixedNonce}"}`

const updateRequest =
  '{"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","product_slug":"flavor-starter","domain":"mysite.com",' +
  '"current_version":"1.4.2"}'

/** What the client sends, letter for letter. */
export function requestsContract(opened: () => HubDouble): void {
  function lastRequest(): SeenRequest {
    const request = opened().requests.at(-1)
    if (!request) throw new Error('The hub has not been asked.')
    return request
  }

  it('activate posts the license request to the exact path', async () => {
    await activatedClient(opened())
    expect(lastRequest()).toMatchObject({ method: 'POST', target: '/api/v1/license/activate', body: licenseRequest })
  })

  it('verify posts the same request to its own path', async () => {
    const client = await activatedClient(opened())
    await client.verify({ fresh: true })
    expect(lastRequest()).toMatchObject({ method: 'POST', target: '/api/v1/license/verify', body: licenseRequest })
  })

  it('deactivate posts the same request to its own path', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, deactivatedJson))
    await client.deactivate()
    expect(lastRequest()).toMatchObject({ method: 'POST', target: '/api/v1/license/deactivate', body: licenseRequest })
  })

  it('an update check names the running version, and no channel unless there is one', async () => {
    const client = await activatedClient(opened())
    opened().reply(json(200, noUpdateJson))
    await client.checkUpdates()
    expect(lastRequest()).toMatchObject({ method: 'POST', target: '/api/v1/update/check', body: updateRequest })
  })

  it('an update check names the channel of the options', async () => {
    const client = await activatedClient(opened(), { channel: 'beta' })
    opened().reply(json(200, noUpdateJson))
    await client.checkUpdates()
    expect(lastRequest().body).toBe(updateRequest.replace('}', ',"channel":"beta"}'))
  })

  it('says what it is and what it reads and writes', async () => {
    await activatedClient(opened())
    expect(lastRequest().headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': `flavor-license/${packageVersion} (flavor-starter/1.4.2)`,
    })
    expect(lastRequest().headers['user-agent']).toMatch(/^flavor-license\/\d+\.\d+\S* \(flavor-starter\/1\.4\.2\)$/)
    expect(Object.keys(lastRequest().headers)).not.toContain('authorization')
    expect(Object.keys(lastRequest().headers)).not.toContain('cookie')
  })

  it('puts the key into the body alone: neither into the URL nor into a header', async () => {
    await activatedClient(opened())
    const { target, headers, body } = lastRequest()
    expect(body).toContain(key)
    expect(JSON.stringify([target, headers])).not.toMatch(/FLVR|ABCD|MNOP/)
  })

  it('follows the paths of the options', async () => {
    const client = contractClient(opened(), { hub: { url: opened().url, routes: { activate: '/v2/seats/take' } } })
    opened().reply(json(200, licenseJson))
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(lastRequest().target).toBe('/api/v1/v2/seats/take')
  })
}
