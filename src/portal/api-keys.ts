import type { ApiKey, CreatedApiKey } from '../domain/portal/api-key.js'
import type { CreateOutcome, RemoveOutcome } from '../domain/portal/outcome.js'
import { buildApiKeyCreation, readApiKeyList, readCreatedApiKey } from '../protocol/exchange/portal/api-key.js'
import { buildListQuery } from '../protocol/exchange/portal/list.js'
import { readRemoval } from '../protocol/exchange/portal/reading.js'
import type { AskPortal } from './ask-portal.js'
import { idProblem, textProblems, unlessWrong } from './input.js'
import type { PortalCallOptions } from './options.js'
import { type PortalList, pagedList } from './paged-list.js'
import { created, removed } from './results.js'

/** The API keys of a reseller or an agency, 10 at most. All of it needs a login. */
export interface PortalApiKeys {
  /** All API keys of the account, without the keys themselves. */
  list(): PortalList<ApiKey>
  /** The only time that the key itself is shown: `item.rawKey`. */
  create(name: string, options?: PortalCallOptions): Promise<CreateOutcome<CreatedApiKey>>
  /** The key stops working at once. */
  revoke(id: number, options?: PortalCallOptions): Promise<RemoveOutcome<'revoked'>>
}

export function portalApiKeys(ask: AskPortal): PortalApiKeys {
  return {
    list: () =>
      pagedList((page, perPage, options) => {
        const query = buildListQuery(page, perPage)
        return ask({ route: 'apiKeyList', purpose: 'list API keys', query, read: readApiKeyList }, options)
      }),

    create: (name, options) =>
      unlessWrong(textProblems({ name }), async () => {
        const body = buildApiKeyCreation(name)
        const call = { route: 'apiKeyCreate', purpose: 'create API keys', read: readCreatedApiKey } as const
        return created(await ask({ ...call, body }, options))
      }),

    revoke: (id, options) =>
      unlessWrong(idProblem(id), async () => {
        const call = { route: 'apiKeyRevoke', purpose: 'revoke API keys', read: readRemoval } as const
        return removed('revoked', await ask({ ...call, path: { id } }, options))
      }),
  }
}
