import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import { inUse, planName, type Speech } from '../speech.js'

/** What is known of the license: its terms, where it is used, and when it is checked. */
export function termsList({ verdict, activations }: PanelState, speech: Speech): HTMLElement {
  const { label, date, moment, meaning } = speech
  const works = verdict.state === 'licensed' || verdict.state === 'grace'
  const known = verdict.licenseKey !== null
  const domain = verdict.staging ? label('domain.staging', { domain: verdict.domain }) : verdict.domain
  const rows: readonly (readonly [string, string] | false)[] = [
    known && [label('key'), verdict.licenseKey],
    works && [label('tier'), planName(verdict.tier)],
    works && verdict.features.length > 0 && [label('features'), verdict.features.join(', ')],
    [label('domain'), domain],
    known && activations !== null && [label('activations'), inUse(activations, speech)],
    works && [label('expires'), verdict.expiresAt === null ? label('expires.never') : date(verdict.expiresAt)],
    verdict.state === 'unlicensed' && verdict.expiresAt !== null && [label('expires'), date(verdict.expiresAt)],
    'verifiedAt' in verdict && verdict.verifiedAt !== null && [label('last-check'), moment(verdict.verifiedAt)],
    known && [label('next-check'), moment(verdict.nextCheckAt)],
    // In its grace period, the state says it itself.
    known &&
      verdict.state !== 'grace' &&
      verdict.lastAttempt !== undefined && [label('last-attempt'), meaning('deferred', verdict.lastAttempt)],
  ]
  return create(
    'dl',
    {},
    ...rows
      .filter((row) => row !== false)
      .map(([term, text]) => create('div', {}, create('dt', {}, term), create('dd', {}, text))),
  )
}
