import type { WirePortalLicense } from '../../protocol/wire/portal/license.js'
import { portalLicenseSources, portalLicenseStatuses } from '../../protocol/wire/portal/license.js'
import { pageFields, type QueryField, type QueryValues } from './query.js'

/** Documented by FlavorTeam; what `search` looks at is assumed. */
export const licenseFields: readonly QueryField[] = [
  { name: 'status', kind: 'choice', choices: portalLicenseStatuses },
  { name: 'source', kind: 'choice', choices: portalLicenseSources },
  { name: 'search', kind: 'text' },
  ...pageFields,
]

/** Those of a status, of a source, and with a text in their key, product, tier or one of their domains. */
export function foundLicenses(
  licenses: readonly WirePortalLicense[],
  query: QueryValues,
): readonly WirePortalLicense[] {
  const status = query.get('status')
  const source = query.get('source')
  const search = query.get('search')?.toLowerCase()
  return licenses.filter(
    (license) =>
      (status === undefined || license.status === status) &&
      (source === undefined || license.source === source) &&
      (search === undefined || searchable(license).some((text) => text.toLowerCase().includes(search))),
  )
}

function searchable({ license_key, product, tier, activations }: WirePortalLicense): readonly string[] {
  return [license_key, product.name, product.slug, tier, ...activations.map(({ domain }) => domain)]
}
