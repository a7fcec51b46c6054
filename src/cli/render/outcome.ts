import type {
  ActivateOfflineOutcome,
  ActivateOutcome,
  CheckUpdatesOutcome,
  DeactivateOutcome,
  Deferred,
  Refused,
  ResetOutcome,
} from '../../index.js'
import type { Colors } from './colors.js'
import { renderColumns } from './columns.js'
import { renderDate } from './dates.js'
import { renderActivations, renderVerdict } from './verdict.js'

export function renderActivation(
  outcome: ActivateOutcome | ActivateOfflineOutcome,
  now: number,
  colors: Colors,
): string {
  return outcome.outcome === 'activated'
    ? renderVerdict(outcome.verdict, now, colors, 'activations' in outcome ? outcome.activations : undefined)
    : renderNo(outcome, now, colors)
}

export function renderDeactivation(outcome: DeactivateOutcome, now: number, colors: Colors): string {
  switch (outcome.outcome) {
    case 'deactivated':
      return renderColumns(
        colors.green('The license has been deactivated here and can be used elsewhere.'),
        [['Activations', outcome.activations ? renderActivations(outcome.activations) : undefined]],
        colors.dim,
      )
    case 'not-activated':
      return 'No license was active here, so there was nothing to deactivate.'
    case 'deferred':
      return renderNo(outcome, now, colors)
  }
}

export function renderReset(outcome: ResetOutcome, colors: Colors): string {
  if (outcome.outcome === 'failed') return colors.red(outcome.message)
  const sentence =
    outcome.removed === 0
      ? 'No license was on record here, so there was nothing to forget.'
      : 'The license has been forgotten here. An activation that it takes at the hub stays taken.'
  return renderColumns(colors.green(sentence), [['Files removed', String(outcome.removed)]], colors.dim)
}

export function renderUpdates(outcome: CheckUpdatesOutcome, now: number, colors: Colors): string {
  switch (outcome.outcome) {
    case 'available': {
      const { release, currentVersion } = outcome
      const sentence = release.mandatory
        ? 'An update is available and should not be skipped.'
        : 'An update is available.'
      return renderColumns(
        colors.green(sentence),
        [
          ['Installed', currentVersion],
          ['Available', `${release.version} (${release.channel})`],
          ['Released', renderDate(release.releasedAt, now)],
          ['Changes', release.changelogUrl ?? undefined],
          ['File', release.filename],
          ['Size', `${release.size.toLocaleString('en')} bytes`],
          ['SHA-256', release.sha256],
        ],
        colors.dim,
      )
    }
    case 'current':
      return renderColumns(
        colors.green('The product is up to date.'),
        [['Installed', outcome.currentVersion]],
        colors.dim,
      )
    default:
      return renderNo(outcome, now, colors)
  }
}

function renderNo(outcome: Refused<string> | Deferred, now: number, colors: Colors): string {
  return outcome.outcome === 'refused'
    ? renderColumns(colors.red(outcome.message), [['Reason', outcome.reason]], colors.dim)
    : renderColumns(
        colors.yellow(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Try again', `from ${renderDate(outcome.retryAt, now)}`],
        ],
        colors.dim,
      )
}
