import type { ClientOrder, PortalClientAccount } from '../domain/portal/client.js'
import type { PortalLicense } from '../domain/portal/license.js'
import type { CreateOutcome, RemoveOutcome } from '../domain/portal/outcome.js'
import { buildClientCreation, readClient, readClientList } from '../protocol/exchange/portal/client.js'
import { readLicenseList } from '../protocol/exchange/portal/license.js'
import { buildListQuery } from '../protocol/exchange/portal/list.js'
import { readRemoval } from '../protocol/exchange/portal/reading.js'
import type { AskPortal } from './ask-portal.js'
import { idProblem, textProblems, unlessWrong } from './input.js'
import type { PortalCallOptions } from './options.js'
import { invalidInput, notDone, refused } from './outcomes.js'
import { type PortalList, pagedList } from './paged-list.js'
import { created, removed } from './results.js'

/** How a client is deleted. */
export interface DeleteClientOptions extends PortalCallOptions {
  /** Says that the caller knows: all licenses of the client are revoked, and nothing brings them back. */
  readonly confirm: true
}

/** The clients of a reseller or an agency. */
export interface PortalClients {
  /** All clients of the account. */
  list(): PortalList<PortalClientAccount>
  /** The e-mail address is unique at the hub. */
  create(order: ClientOrder, options?: PortalCallOptions): Promise<CreateOutcome<PortalClientAccount>>
  /** Deletes a client and revokes all its licenses. Cannot be undone. */
  delete(id: number, options: DeleteClientOptions): Promise<RemoveOutcome<'deleted'>>
  /** The licenses of one client. */
  licenses(id: number): PortalList<PortalLicense>
}

export function portalClients(ask: AskPortal): PortalClients {
  return {
    list: () =>
      pagedList((page, perPage, options) => {
        const query = buildListQuery(page, perPage)
        return ask({ route: 'clientList', purpose: 'list clients', query, read: readClientList }, options)
      }),

    create: (order, options) =>
      unlessWrong(textProblems({ email: order?.email, name: order?.name }), async () => {
        const body = buildClientCreation(order)
        return created(await ask({ route: 'clientCreate', purpose: 'create clients', body, read: readClient }, options))
      }),

    async delete(id, options) {
      // A program without types may leave it out; a default would delete what nobody meant.
      if (options?.confirm !== true) return refused('confirmation-required')
      return unlessWrong(idProblem(id), async () => {
        const call = { route: 'clientDelete', purpose: 'delete clients', read: readRemoval } as const
        return removed('deleted', await ask({ ...call, path: { id } }, options))
      })
    },

    licenses: (id) =>
      pagedList(async (page, perPage, options) => {
        const problems = idProblem(id)
        if (Object.keys(problems).length > 0) return notDone(invalidInput(problems))
        const query = buildListQuery(page, perPage)
        const call = { route: 'clientLicenses', purpose: 'list licenses', query, read: readLicenseList } as const
        return ask({ ...call, path: { id } }, options)
      }),
  }
}
