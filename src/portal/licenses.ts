import { parseDomainName } from '../domain/license/domain-name.js'
import type { LicenseFilter, LicenseOrder, LicenseUsage, PackCredits, PortalLicense } from '../domain/portal/license.js'
import type {
  ChangeOutcome,
  CreateBulkOutcome,
  CreateOutcome,
  FindOutcome,
  RemoveOutcome,
} from '../domain/portal/outcome.js'
import {
  buildLicenseCreation,
  buildLicenseQuery,
  readLicense,
  readLicenseChange,
  readLicenseList,
  readPackCredits,
  readUsage,
} from '../protocol/exchange/portal/license.js'
import { buildListQuery } from '../protocol/exchange/portal/list.js'
import { readRemoval } from '../protocol/exchange/portal/reading.js'
import type { AskPortal } from './ask-portal.js'
import { createBulk } from './create-bulk.js'
import { idProblem, orderProblems, unlessWrong } from './input.js'
import type { PortalCallOptions } from './options.js'
import { type PortalList, pagedList } from './paged-list.js'
import { changed, created, found, removed } from './results.js'

/** A {@link LicenseOrder} of many licenses. */
export interface BulkOrder extends LicenseOrder {
  readonly quantity: number
}

/** The licenses of the account and of its clients. */
export interface PortalLicenses {
  /** The licenses of the account, all or those of a filter. */
  list(filter?: LicenseFilter): PortalList<PortalLicense>
  /**
   * Creates one license. The hub knows no way to repeat a creation without doing it twice: where the answer is lost,
   * the outcome is `uncertain`, and nothing is sent again.
   */
  create(order: LicenseOrder, options?: PortalCallOptions): Promise<CreateOutcome<PortalLicense>>
  /**
   * Creates many licenses, one hundred at a time. What stops it ends the order, and the outcome tells of each license
   * whether it was created, was not, or may have been: ordering the `remaining` ones again creates nothing twice.
   */
  createBulk(order: BulkOrder, options?: PortalCallOptions): Promise<CreateBulkOutcome<PortalLicense>>
  /** Takes a revocation back. */
  reactivate(id: number, options?: PortalCallOptions): Promise<ChangeOutcome<'reactivated', PortalLicense>>
  /** Needs a login. */
  revoke(id: number, options?: PortalCallOptions): Promise<ChangeOutcome<'revoked', PortalLicense>>
  /** Needs a login. */
  delete(id: number, options?: PortalCallOptions): Promise<RemoveOutcome<'deleted'>>
  /** Frees the slot that a domain takes. Needs a login. */
  deactivateDomain(id: number, domain: string, options?: PortalCallOptions): Promise<RemoveOutcome<'deactivated'>>
  /** Needs a login. */
  usage(options?: PortalCallOptions): Promise<FindOutcome<LicenseUsage>>
  /** Needs a login. */
  packCredits(options?: PortalCallOptions): Promise<FindOutcome<PackCredits>>
}

export function portalLicenses(ask: AskPortal): PortalLicenses {
  return {
    list: (filter = {}) =>
      pagedList((page, perPage, options) => {
        const query = { ...buildLicenseQuery(filter), ...buildListQuery(page, perPage) }
        return ask({ route: 'licenseList', purpose: 'list licenses', query, read: readLicenseList }, options)
      }),

    create: (order, options) =>
      unlessWrong(orderProblems(order), async () => {
        const body = buildLicenseCreation(order)
        return created(
          await ask({ route: 'licenseCreate', purpose: 'create licenses', body, read: readLicense }, options),
        )
      }),

    createBulk: (order, options) => createBulk(ask, order, options),

    reactivate: (id, options) =>
      unlessWrong(idProblem(id), async () => {
        const call = { route: 'licenseReactivate', purpose: 'reactivate licenses', read: readLicenseChange } as const
        return changed('reactivated', await ask({ ...call, path: { id } }, options))
      }),

    revoke: (id, options) =>
      unlessWrong(idProblem(id), async () => {
        const call = { route: 'licenseRevoke', purpose: 'revoke licenses', read: readLicenseChange } as const
        return changed('revoked', await ask({ ...call, path: { id } }, options))
      }),

    delete: (id, options) =>
      unlessWrong(idProblem(id), async () => {
        const call = { route: 'licenseDelete', purpose: 'delete licenses', read: readRemoval } as const
        return removed('deleted', await ask({ ...call, path: { id } }, options))
      }),

    deactivateDomain(id, text, options) {
      const parsed = parseDomainName(typeof text === 'string' ? text : '')
      const problems = { ...idProblem(id), ...(!parsed.ok && { domain: 'a domain such as mysite.com' }) }
      return unlessWrong(problems, async () => {
        const path = { id, domain: parsed.ok ? parsed.domain : '' }
        const call = { route: 'licenseDeactivateDomain', purpose: 'deactivate domains', read: readRemoval } as const
        return removed('deactivated', await ask({ ...call, path }, options))
      })
    },

    usage: async (options) =>
      found(await ask({ route: 'licenseUsage', purpose: 'read the usage', read: readUsage }, options)),

    packCredits: async (options) =>
      found(await ask({ route: 'packCredits', purpose: 'read the credits of packs', read: readPackCredits }, options)),
  }
}
