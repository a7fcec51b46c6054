import type { IssuedOfflineLicense } from '../../issuing/index.js'
import type { Colors } from './colors.js'
import { renderColumns } from './columns.js'
import { renderDate } from './dates.js'

export function renderIssuedLicense(
  license: IssuedOfflineLicense,
  file: string,
  now: number,
  { green, dim }: Colors,
): string {
  return renderColumns(
    green('A license file was issued. Install it with "flavor-license activate --token FILE".'),
    [
      ['File', file],
      ['Signed by', license.keyId],
      ['Hub', license.hub],
      ['Product', license.product],
      ['Domain', license.domain],
      ['Installation', license.installationId ?? 'any'],
      ['Tier', license.tier],
      ['Features', license.features.join(', ') || 'none'],
      ['Expires', license.expiresAt === null ? 'never' : renderDate(license.expiresAt, now)],
      ['Valid until', renderDate(license.validUntil, now)],
    ],
    dim,
  )
}
