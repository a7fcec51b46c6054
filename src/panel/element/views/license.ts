import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import type { Speech } from '../speech.js'

const dayMs = 86_400_000

/** What is known of the license: its state in words, and its terms. */
export function licenseView(state: PanelState, speech: Speech): readonly Node[] {
  const { verdict } = state
  // Where nothing was ever activated, there was nothing that could not be checked.
  const nothing = verdict.state === 'unknown' && verdict.reason === 'no-record'
  return [
    create(
      'span',
      { class: `badge ${verdict.state}` },
      speech.label(nothing ? 'state.none' : `state.${verdict.state}`),
    ),
    create('p', {}, speech.meaning('verdict', { ...verdict })),
    ...graceRemarks(state, speech),
    termsList(state, speech),
  ]
}

function graceRemarks({ verdict, now }: PanelState, { label, date }: Speech): readonly Node[] {
  if (verdict.state !== 'grace') return []
  const days = Math.floor((verdict.endsAt - now) / dayMs)
  const values = { days, date: date(verdict.endsAt) }
  return [create('p', {}, create('strong', {}, label(days > 0 ? 'grace.left' : 'grace.last-day', values)))]
}

function termsList({ verdict, activations }: PanelState, speech: Speech): Node {
  const { label, date, moment, meaning } = speech
  const works = verdict.state === 'licensed' || verdict.state === 'grace'
  const domain = verdict.staging ? label('domain.staging', { domain: verdict.domain }) : verdict.domain
  const rows: readonly (readonly [string, string] | false)[] = [
    verdict.licenseKey !== null && [label('key'), verdict.licenseKey],
    works && [label('tier'), verdict.tier],
    works && [label('features'), verdict.features.join(', ') || label('features.none')],
    [label('domain'), domain],
    verdict.licenseKey !== null && activations !== null && [label('activations'), inUse(activations, speech)],
    works && [label('expires'), verdict.expiresAt === null ? label('expires.never') : date(verdict.expiresAt)],
    verdict.state === 'unlicensed' && verdict.expiresAt !== null && [label('expires'), date(verdict.expiresAt)],
    works && [label('last-check'), moment(verdict.verifiedAt)],
    works && [label('next-check'), moment(verdict.nextCheckAt)],
    verdict.lastAttempt !== undefined && [label('last-attempt'), meaning('deferred', { ...verdict.lastAttempt })],
  ]
  return create(
    'dl',
    {},
    ...rows.filter((row) => row !== false).flatMap(([term, text]) => [create('dt', {}, term), create('dd', {}, text)]),
  )
}

function inUse({ used, limit }: NonNullable<PanelState['activations']>, { label }: Speech): string {
  return limit === null ? label('activations.unlimited', { used }) : label('activations.of', { used, limit })
}
