import type { LicenseClient } from '../index.js'
import type { Actions, Reply } from './action.js'
import { readJsonBody, textMember } from './json-body.js'
import { progressReply } from './progress-reply.js'
import { jsonReply } from './replies.js'

/** @param directory - Where updates are downloaded to; without one, the panel only tells of them. */
export function updateActions(client: LicenseClient, reply: Reply, directory: string | undefined): Actions {
  return {
    'POST /updates': async (request) => {
      await readJsonBody(request)
      return jsonReply(await reply(await client.checkUpdates({ fresh: true, signal: request.signal })))
    },
    'POST /updates/changelog': async (request) => {
      const version = textMember(await readJsonBody(request), 'version')
      return jsonReply(await reply(await client.updateInfo({ version, signal: request.signal })))
    },
    ...(directory !== undefined && {
      'POST /updates/download': async (request) => {
        await readJsonBody(request)
        return progressReply(request, async (onProgress, signal) => {
          // What is downloaded is what the hub offers: a page names neither a file nor an address.
          const found = await client.checkUpdates({ signal })
          if (found.outcome !== 'available' || !found.release) return reply(found)
          return reply(await client.downloadUpdate(found.release, { directory, onProgress, signal }))
        })
      },
    }),
  }
}
