import type { Explanation } from '../../index.js'
import type { Colors } from './colors.js'
import { type Row, renderColumns } from './columns.js'
import { renderDate } from './dates.js'
import { renderVerdict } from './verdict.js'

/** A page for a support ticket: what is wrong first, then everything that the verdict rests on. */
export function renderExplanation(explanation: Explanation, now: number, colors: Colors): string {
  const problems = problemsOf(explanation)
  const findings =
    problems.length === 0
      ? colors.green('Nothing is wrong with this machine.')
      : [colors.yellow('Found:'), ...problems.map((problem) => `  - ${problem}`)].join('\n')
  return [
    renderVerdict(explanation.verdict, now, colors),
    findings,
    renderColumns('Record', recordRows(explanation, now), colors.dim),
    renderColumns('Machine', machineRows(explanation, now), colors.dim),
    renderColumns('Next request permitted', budgetRows(explanation, now), colors.dim),
  ].join('\n\n')
}

/** What somebody can do something about, in plain words. */
function problemsOf({ storage, clock, network, hub, record }: Explanation): readonly string[] {
  const wrongModes = storage.files.filter(({ name, mode }) => !name.endsWith('.lock') && mode !== '0600')
  const minutesOff = Math.round(Math.abs(clock.offsetMs) / 60_000)
  return [
    ...(storage.writable
      ? []
      : [`Nothing can be kept on disk: ${storage.problem ?? 'the directory is not writable'}.`]),
    ...wrongModes.map(({ name, mode }) => `${name} has the mode ${mode} instead of 0600.`),
    ...(clock.behindFloor ? ['The clock of this machine runs behind a time that has passed. Set date and time.'] : []),
    ...(minutesOff >= 5 ? [`The clock of this machine is ${minutesOff} minutes off the hub's.`] : []),
    ...(network.certificatesVerified ? [] : ['NODE_TLS_REJECT_UNAUTHORIZED=0: anybody can pose as the hub. Unset it.']),
    ...(hub.trustedKeys.length > 0 ? [] : ['No key of the hub is pinned, so that its answers carry no proof.']),
    ...(record?.activationPending ? ['An activation was not answered; verify or activate again.'] : []),
  ]
}

function recordRows({ record }: Explanation, now: number): readonly Row[] {
  if (!record) return [['Found', 'none']]
  const date = (time: number | null) => (time === null ? undefined : renderDate(time, now))
  return [
    ['Status', record.status ?? 'none'],
    ['Basis', record.basis ?? undefined],
    ['Version', `${record.epoch}.${record.serial}`],
    ['Issued', date(record.issuedAt)],
    ['Stale', date(record.staleAt)],
    ['Trusted until', date(record.trustEndsAt)],
    ['Lease ends', date(record.leaseEndsAt)],
    ['License ends', date(record.expiresAt)],
    ['Hub last heard', date(record.lastWordAt) ?? 'never'],
    ['Deactivated', date(record.deactivatedAt)],
    [
      'Backing off',
      record.backOff ? `${record.backOff.reason} until ${renderDate(record.backOff.until, now)}` : undefined,
    ],
    ['Keys to free', record.supersededKeys > 0 ? String(record.supersededKeys) : undefined],
  ]
}

function machineRows(
  { clock, storage, network, hub, product, packageVersion }: Explanation,
  now: number,
): readonly Row[] {
  return [
    ['Product', `${product.slug} ${product.version}, flavor-license ${packageVersion}`],
    ['Hub', hub.url],
    ['Pinned keys', hub.trustedKeys.join(', ') || 'none'],
    ['Directory', storage.directory ?? 'none'],
    ['Files', String(storage.files.length)],
    ['Clock offset', `${clock.offsetMs} ms`],
    ['Clock floor', clock.floor === null ? undefined : renderDate(clock.floor, now)],
    ['Proxy', network.proxyVariables.join(', ') || 'none'],
    ['Extra certificates', network.extraCertificates ? 'yes' : undefined],
    ['Requests by', network.client],
  ]
}

function budgetRows({ nextPermittedAt }: Explanation, now: number): readonly Row[] {
  return Object.entries(nextPermittedAt).map(([category, time]) => [
    category,
    time <= now + 1_000 ? 'now' : renderDate(time, now),
  ])
}
