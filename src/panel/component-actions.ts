import type { LicenseClient, SwapHooks } from '../index.js'
import type { Actions, Reply } from './action.js'
import { readJsonBody, textMember } from './json-body.js'
import type { CatalogOutcome } from './panel-api.js'
import { progressReply } from './progress-reply.js'
import { jsonReply } from './replies.js'

/** @param hooks - The product's own checks of a version that takes the place of another. */
export function componentActions({ components }: LicenseClient, reply: Reply, hooks: SwapHooks): Actions {
  const slugIn = async (request: Request) => textMember(await readJsonBody(request), 'slug')

  async function readCatalog(signal: AbortSignal): Promise<CatalogOutcome> {
    const catalog = await components.available({ signal })
    if (catalog.outcome !== 'listed') return catalog
    const checked = await components.check({ signal })
    return { ...catalog, updates: checked.outcome === 'available' ? checked.items : [] }
  }

  return {
    'POST /components': async (request) => {
      await readJsonBody(request)
      return jsonReply(await reply(await readCatalog(request.signal)))
    },
    'POST /components/install': async (request) => {
      const slug = await slugIn(request)
      return progressReply(request, async (onProgress, signal) =>
        reply(await components.install(slug, { ...hooks, onProgress, signal })),
      )
    },
    'POST /components/rollback': async (request) =>
      jsonReply(await reply(await components.rollback(await slugIn(request), { ...hooks, signal: request.signal }))),
    'POST /components/remove': async (request) =>
      jsonReply(await reply(await components.remove(await slugIn(request), { signal: request.signal }))),
  }
}
