import type {
  ActivateOfflineOutcome,
  ActivateOutcome,
  ActivationRefused,
  CheckUpdatesOutcome,
  ComponentUpdate,
  DeactivateOutcome,
  Deferred,
  Refused,
  Release,
  ResetOutcome,
  UpdateAvailable,
  UpToDate,
  WithheldUpdate,
} from '../../index.js'
import type { Colors } from './colors.js'
import { type Row, renderColumns } from './columns.js'
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
      const { release, components } = outcome
      const product = release
        ? [renderRelease(outcome.currentVersion, release, now, colors)]
        : [renderCurrent(outcome, colors)]
      const others = components.map((component) => renderComponentUpdate(component, now, colors))
      return [...product, ...others, ...renderReservations(outcome, colors)].join('\n\n')
    }
    case 'current':
      return [renderCurrent(outcome, colors), ...renderReservations(outcome, colors)].join('\n\n')
    default:
      return renderNo(outcome, now, colors)
  }
}

function renderRelease(installed: string, release: Release, now: number, colors: Colors): string {
  const sentence = release.mandatory ? 'An update is available and should not be skipped.' : 'An update is available.'
  return renderColumns(colors.green(sentence), releaseRows(installed, release, now), colors.dim)
}

function renderComponentUpdate(
  { slug, currentVersion, release }: ComponentUpdate,
  now: number,
  colors: Colors,
): string {
  const sentence = `An update of the component ${slug} is available.`
  return renderColumns(colors.green(sentence), releaseRows(currentVersion, release, now), colors.dim)
}

function releaseRows(installed: string, release: Release, now: number): readonly Row[] {
  return [
    ['Installed', installed],
    ['Available', `${release.version} (${release.channel})`],
    ['Released', renderDate(release.releasedAt, now)],
    ['Changes', release.changelogUrl ?? undefined],
    ['File', release.filename],
    ['Size', `${release.size.toLocaleString('en')} bytes`],
    ['SHA-256', release.sha256],
  ]
}

function renderCurrent({ currentVersion }: UpToDate | UpdateAvailable, colors: Colors): string {
  return renderColumns(colors.green('The product is up to date.'), [['Installed', currentVersion]], colors.dim)
}

const withheldSentence: Readonly<Record<WithheldUpdate['reason'], string>> = {
  'product-version': 'has a newer version, which needs another version of the product',
  'proof-missing': 'has a newer version, which does not carry the signature of the seller',
  'proof-invalid': 'has a newer version, whose signature is not valid',
  'unexpected-answer': 'has a newer version, of which the server sent nonsense',
  'outdated-answer': 'was answered with less than before, which was not believed',
}

/** What is not offered, and why. */
function renderReservations({ withheld, componentsUndecided }: UpToDate | UpdateAvailable, colors: Colors): string[] {
  const reasons = withheld.map(({ slug, reason }) => `Not offered: ${slug} ${withheldSentence[reason]}.`)
  const undecided = componentsUndecided ? [`The components could not be checked. ${componentsUndecided.message}`] : []
  return [...reasons, ...undecided].map((sentence) => colors.yellow(sentence))
}

type No = (Refused<string> & Pick<ActivationRefused, 'activations'>) | Deferred

export function renderNo(outcome: No, now: number, colors: Colors): string {
  return outcome.outcome === 'refused'
    ? renderColumns(
        colors.red(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Activations', outcome.activations && renderActivations(outcome.activations)],
        ],
        colors.dim,
      )
    : renderColumns(
        colors.yellow(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Try again', `from ${renderDate(outcome.retryAt, now)}`],
        ],
        colors.dim,
      )
}
