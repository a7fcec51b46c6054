import type { Explanation } from '../../index.js'
import { findProblems } from '../diagnosis.js'
import type { Colors } from './colors.js'
import { type Row, renderSection } from './columns.js'
import { renderDate } from './dates.js'
import { verdictColor, verdictRows } from './verdict.js'
import { renderRule } from './verdict-rule.js'

/** A page for a support ticket: what is wrong first, then everything that the verdict rests on. */
export function renderExplanation(explanation: Explanation, now: number, colors: Colors): string {
  const { verdict, record } = explanation
  const section = (title: string, rows: readonly Row[]) => renderSection(colors.bold(title), rows, colors.dim)
  return [
    verdictColor(verdict, colors)(verdict.message),
    renderProblems(findProblems(explanation, process.platform === 'win32'), colors),
    section('Verdict', [['Rule', renderRule(explanation)], ...verdictRows(verdict, now)]),
    section('Record', record ? recordRows(record, now) : [['Found', 'none that can be used']]),
    section('Product', productRows(explanation)),
    section('Clock', clockRows(explanation.clock, now)),
    section('Storage', storageRows(explanation.storage)),
    section('Network', networkRows(explanation.network)),
    section('Next request permitted', budgetRows(explanation, now)),
  ].join('\n\n')
}

function renderProblems(problems: readonly string[], colors: Colors): string {
  if (problems.length === 0) return colors.green('No problem was found on this machine.')
  return renderSection(
    colors.yellow('Problems'),
    problems.map((problem, index) => [`${index + 1}.`, problem] as const),
    colors.dim,
  )
}

function recordRows(record: NonNullable<Explanation['record']>, now: number): readonly Row[] {
  const date = (time: number | null) => (time === null ? undefined : renderDate(time, now))
  const { backOff } = record
  return [
    ['Status', record.status ?? 'none'],
    ['Basis', record.basis === 'offline' ? 'a license file of the seller' : (record.basis ?? undefined)],
    ['Issued', date(record.issuedAt)],
    ['Stale from', date(record.staleAt)],
    ['Trusted until', date(record.trustEndsAt)],
    ['Lease ends', date(record.leaseEndsAt)],
    ['License ends', date(record.expiresAt) ?? (record.status ? 'never' : undefined)],
    ['Last word of the hub', date(record.lastWordAt) ?? 'never heard'],
    ['Deactivated', date(record.deactivatedAt)],
    ['Backing off', backOff ? `${backOff.reason}, until ${renderDate(backOff.until, now)}` : undefined],
    ['Generation', `${record.epoch}.${record.serial}`],
  ]
}

function productRows({ product, hub, packageVersion }: Explanation): readonly Row[] {
  return [
    ['Product', `${product.slug} ${product.version}`],
    ['Hub', hub.url],
    ['Pinned keys', hub.trustedKeys.join(', ') || 'none'],
    ['flavor-license', packageVersion],
  ]
}

function clockRows({ now: reading, offsetMs, floor, behindFloor }: Explanation['clock'], now: number): readonly Row[] {
  return [
    ['This machine', renderDate(reading, now)],
    ['The hub is ahead', `${(offsetMs / 1000).toFixed(1)} s`],
    ['Certainly passed', floor === null ? 'nothing known' : renderDate(floor, now)],
    ['Judged by', behindFloor ? 'what has certainly passed' : "this machine's clock, as the hub would read it"],
  ]
}

function storageRows({ directory, mode, writable, files }: Explanation['storage']): readonly Row[] {
  return [
    ['Directory', directory ?? 'none'],
    ['Permissions', mode ?? undefined],
    ['Writable', writable ? 'yes' : 'no'],
    ['Files', String(files.length)],
  ]
}

function networkRows(network: Explanation['network']): readonly Row[] {
  return [
    ['Requests by', network.client],
    ['Proxy', network.proxyVariables.join(', ') || 'none'],
    ['Certificates', network.certificatesVerified ? 'verified' : 'not verified'],
    ['Further authorities', network.extraCertificates ? 'NODE_EXTRA_CA_CERTS' : 'none'],
  ]
}

function budgetRows({ nextPermittedAt }: Explanation, now: number): readonly Row[] {
  return Object.entries(nextPermittedAt).map(([category, time]) => [
    category,
    time <= now + 1_000 ? 'now' : renderDate(time, now),
  ])
}
