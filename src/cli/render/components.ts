import type {
  AvailableComponentsOutcome,
  CheckComponentsOutcome,
  ComponentFailed,
  ComponentOnMachine,
  Deferred,
  DownloadComponentOutcome,
  InstallComponentOutcome,
  InstalledComponentsOutcome,
  ListComponentsOutcome,
  Refused,
  RemoveComponentOutcome,
  RollBackComponentOutcome,
} from '../../index.js'
import type { ComponentsUpdated } from '../update-components.js'
import type { Colors } from './colors.js'
import { type Row, renderColumns } from './columns.js'
import { renderNo } from './outcome.js'

export type ComponentsOutcome =
  | ListComponentsOutcome
  | AvailableComponentsOutcome
  | InstalledComponentsOutcome
  | CheckComponentsOutcome
  | DownloadComponentOutcome
  | InstallComponentOutcome
  | RollBackComponentOutcome
  | RemoveComponentOutcome
  | ComponentsUpdated

export function renderComponents(outcome: ComponentsOutcome, now: number, colors: Colors): string {
  switch (outcome.outcome) {
    case 'listed':
      return outcome.items.length === 0
        ? 'There are no components.'
        : renderColumns(colors.green('Components:'), outcome.items.map(listRow), colors.dim)
    case 'available':
      return renderColumns(
        colors.green('Updates are available.'),
        [
          ...outcome.items.map(
            ({ slug, currentVersion, release }): Row => [slug, `${currentVersion} → ${release.version}`],
          ),
          ...outcome.withheld.map(({ slug, reason }): Row => [slug, `withheld: ${reason}`]),
        ],
        colors.dim,
      )
    case 'current':
      return 'component' in outcome
        ? renderOne('The newest version is installed already.', outcome.component, colors)
        : renderColumns(
            colors.green('All components are up to date.'),
            outcome.withheld.map(({ slug, reason }): Row => [slug, `withheld: ${reason}`]),
            colors.dim,
          )
    case 'downloaded': {
      const { path, release } = outcome
      const rows: readonly Row[] = [
        ['Version', release.version],
        ['File', path],
      ]
      return renderColumns(colors.green('The component has been downloaded and verified.'), rows, colors.dim)
    }
    case 'updated':
      return outcome.items
        .map((item) => `${colors.dim(item.slug)}\n${renderComponents(item, now, colors)}`)
        .join('\n\n')
    case 'installed':
      return renderOne('The component has been installed.', outcome.component, colors)
    case 'rolled-back':
      return renderOne(`Version ${outcome.replacedVersion} has been rolled back.`, outcome.component, colors)
    case 'removed':
      return renderColumns(colors.green('The component has been removed.'), [['Version', outcome.version]], colors.dim)
    default:
      return renderProblem(outcome, now, colors)
  }
}

function listRow(item: ComponentOnMachine | ListedItem): Row {
  if ('path' in item)
    return [item.slug, `${item.version} ${item.state === 'in-place' ? '' : `(${item.state}) `}${item.path}`]
  const notes = [
    item.installedVersion === null ? undefined : `installed: ${item.installedVersion}`,
    item.entitled === false ? `needs a license of the tier ${item.requiredTier}` : undefined,
  ].filter((note) => note !== undefined)
  return [item.slug, [`${item.name} ${item.version}`, ...notes].join(', ')]
}

interface ListedItem {
  readonly slug: string
  readonly name: string
  readonly version: string
  readonly requiredTier: string
  readonly entitled?: boolean
  readonly installedVersion: string | null
}

function renderOne(sentence: string, component: ComponentOnMachine, colors: Colors): string {
  return renderColumns(
    colors.green(sentence),
    [
      ['Component', component.slug],
      ['Version', component.version],
      ['Before', component.previousVersion ?? undefined],
      ['Directory', component.path],
    ],
    colors.dim,
  )
}

function renderProblem(outcome: Refused<string> | ComponentFailed | Deferred, now: number, colors: Colors): string {
  if (outcome.outcome !== 'failed') return renderNo(outcome, now, colors)
  return renderColumns(colors.red(outcome.message), [['Reason', outcome.reason]], colors.dim)
}
