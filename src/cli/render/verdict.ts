import type { Activations, Verdict } from '../../index.js'
import type { Colors } from './colors.js'
import { type Row, renderColumns } from './columns.js'
import { renderDate } from './dates.js'

const stateColors = { licensed: 'green', grace: 'yellow', unlicensed: 'red', unknown: 'yellow' } as const

export function renderVerdict(
  verdict: Verdict,
  now: number,
  colors: Colors,
  activations?: Activations | undefined,
): string {
  const rows: Row[] = [...verdictRows(verdict, now), ['Activations', activations && renderActivations(activations)]]
  return renderColumns(verdictColor(verdict, colors)(verdict.message), rows, colors.dim)
}

export function verdictColor({ state }: Verdict, colors: Colors): Colors['green'] {
  return colors[stateColors[state]]
}

export function verdictRows(verdict: Verdict, now: number): Row[] {
  const { domain, staging, licenseKey, lastAttempt } = verdict
  return [
    ['State', stateOf(verdict)],
    ['License', licenseKey ?? undefined],
    ['Domain', staging ? `${domain} (staging, takes no activation)` : domain],
    ...termsOf(verdict, now),
    ['Last attempt', lastAttempt && `${lastAttempt.reason}, next from ${renderDate(lastAttempt.retryAt, now)}`],
  ]
}

function stateOf(verdict: Verdict): string {
  const reason = 'reason' in verdict ? ` (${verdict.reason})` : ''
  const source = verdict.source === 'hub' ? 'says the hub' : 'from the record'
  return `${verdict.state}${reason}, ${source}`
}

function termsOf(verdict: Verdict, now: number): Row[] {
  switch (verdict.state) {
    case 'licensed':
    case 'grace':
      return [
        ['Tier', verdict.tier],
        ['Features', verdict.features.join(', ') || 'none'],
        ['Expires', verdict.expiresAt === null ? 'never' : renderDate(verdict.expiresAt, now)],
        ['Works until', verdict.state === 'grace' ? renderDate(verdict.endsAt, now) : undefined],
        ['Verified', renderDate(verdict.verifiedAt, now)],
        ['Next check', renderDate(verdict.nextCheckAt, now)],
      ]
    case 'unlicensed':
      return [
        ['Expires', verdict.expiresAt === null ? undefined : renderDate(verdict.expiresAt, now)],
        ['Verified', verdict.verifiedAt === null ? undefined : renderDate(verdict.verifiedAt, now)],
      ]
    case 'unknown':
      return []
  }
}

export function renderActivations({ used, limit }: Activations): string {
  return limit === null ? `${used}, unlimited` : `${used} of ${limit}`
}
