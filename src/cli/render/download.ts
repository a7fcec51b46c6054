import type { CheckUpdatesOutcome, DownloadOutcome } from '../../index.js'
import type { Colors } from './colors.js'
import { renderColumns } from './columns.js'
import { renderNo, renderUpdates } from './outcome.js'

export function renderDownload(outcome: CheckUpdatesOutcome | DownloadOutcome, now: number, colors: Colors): string {
  switch (outcome.outcome) {
    case 'downloaded': {
      const { path, release } = outcome
      return renderColumns(
        colors.green('The update has been downloaded and verified.'),
        [
          ['File', path],
          ['Version', release.version],
          ['Size', `${release.size.toLocaleString('en')} bytes`],
          ['SHA-256', release.sha256],
        ],
        colors.dim,
      )
    }
    case 'failed':
      return colors.red(outcome.message)
    case 'available':
    case 'current':
      return renderUpdates(outcome, now, colors)
    case 'refused':
    case 'deferred':
      return renderNo(outcome, now, colors)
  }
}
