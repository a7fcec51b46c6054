import type { Verdict } from '../../../domain/license/verdict.js'
import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import type { Speech } from '../speech.js'

const dayMs = 86_400_000

export type Condition = Verdict['state'] | 'none'

/** Where nothing was ever activated, there was nothing that could not be checked. */
export function conditionOf(verdict: Verdict): Condition {
  return verdict.state === 'unknown' && verdict.reason === 'no-record' ? 'none' : verdict.state
}

/** What the state of the license means, and how long it lasts. */
export function stateWords({ verdict, now }: PanelState, speech: Speech): readonly Node[] {
  const { label, meaning, date, days: daysOf } = speech
  const sentences = [create('p', {}, meaning('verdict', verdict))]
  if (verdict.state !== 'grace') return sentences
  const why = meaning('deferred', { reason: verdict.reason })
  const days = Math.floor((verdict.endsAt - now) / dayMs)
  const left = label(days > 0 ? 'grace.left' : 'grace.last-day', { days: daysOf(days), date: date(verdict.endsAt) })
  return [...sentences, ...(why === '' ? [] : [create('p', {}, why)]), create('p', {}, create('strong', {}, left))]
}
