import type { SignedRelease } from '../../issuing/index.js'
import type { Colors } from './colors.js'
import { renderColumns } from './columns.js'
import { renderDate } from './dates.js'

export function renderSignedRelease(
  { release, keyId, hub, validUntil }: SignedRelease,
  file: string,
  now: number,
  { green, dim }: Colors,
): string {
  return renderColumns(
    green('The release was signed. Publish the archive with this file beside it.'),
    [
      ['File', file],
      ['Signed by', keyId],
      ['Hub', hub],
      ['Product', release.product],
      ['Component', release.slug === release.product ? undefined : release.slug],
      ['Version', `${release.version} (${release.channel})`],
      ['Archive', release.filename],
      ['Size', `${release.size} bytes`],
      ['SHA-256', release.sha256],
      ['Needs', release.requires?.product],
      ['Valid until', renderDate(validUntil, now)],
    ],
    dim,
  )
}
