import type { LicenseClient } from '../index.js'
import type { Actions, Reply } from './action.js'
import { readJsonBody, textMember } from './json-body.js'
import { jsonReply } from './replies.js'

export function licenseActions(client: LicenseClient, reply: Reply): Actions {
  return {
    'GET /diagnostics': async () => jsonReply(await client.explain()),
    'POST /activate': async (request) => {
      const licenseKey = textMember(await readJsonBody(request), 'licenseKey')
      return jsonReply(await reply(await client.activate(licenseKey, { signal: request.signal })))
    },
    'POST /deactivate': async (request) => {
      await readJsonBody(request)
      return jsonReply(await reply(await client.deactivate({ signal: request.signal })))
    },
    'POST /check': async (request) => {
      await readJsonBody(request)
      return jsonReply(await reply(await client.verify({ fresh: true, signal: request.signal })))
    },
  }
}
