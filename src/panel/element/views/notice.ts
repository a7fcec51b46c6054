import type { Deferred } from '../../../domain/license/outcome.js'
import type { Activations } from '../../../domain/license/record.js'
import type { LabelName } from '../../messages/panel-messages.js'
import type { PanelState } from '../../panel-state.js'
import { create } from '../create.js'
import { inUse, planName, type Speech } from '../speech.js'

type Child = Node | string | null

/** Something that is said once, beside what it is about. */
export function notice(tone: 'good' | 'bad' | 'unknown' | 'neutral', ...children: readonly Child[]): HTMLElement {
  return create('div', { class: `notice ${tone}` }, ...children)
}

export type No =
  | {
      readonly outcome: 'refused' | 'failed'
      readonly reason: string
      readonly message: string
      readonly requiredTier?: string
      readonly activations?: Activations
    }
  | Deferred

const halfDayMs = 43_200_000

/**
 * What a no means, and what to do now. Nobody's word is a "no" where the hub did not decide.
 *
 * @param refusal - What a refusal is called.
 */
export function noNotice(
  no: No,
  speech: Speech,
  { renewUrl, now }: PanelState,
  refusal: LabelName = 'no.failed',
): HTMLElement {
  const { label, meaning, moment, hour, soon } = speech
  const titles: Readonly<Record<No['outcome'], LabelName>> = {
    refused: refusal,
    deferred: 'no.deferred',
    failed: 'no.failed',
  }
  const tier = 'requiredTier' in no && no.requiredTier ? planName(no.requiredTier) : ''
  // Everything else may be tried again at once.
  const isSilenced = no.reason === 'rate-limited' || no.reason === 'over-budget'
  const waitMs = no.outcome === 'deferred' && isSilenced ? no.retryAt - now : 0
  const nearOrFar = (time: number) => (time - now < halfDayMs ? hour(time) : moment(time))
  return notice(
    no.outcome === 'deferred' ? 'unknown' : 'bad',
    create('strong', {}, label(titles[no.outcome])),
    create('p', {}, meaning(no.outcome, no, { tier })),
    waitMs > 0 ? create('p', {}, label('try-again', { soon: soon(waitMs), time: nearOrFar(now + waitMs) })) : null,
    'activations' in no && no.activations
      ? create('p', {}, create('strong', {}, `${label('activations')}: ${inUse(no.activations, speech)}`))
      : null,
    no.reason === 'limit-reached' ? create('p', {}, label('limit.meaning')) : null,
    no.reason === 'expired' ? renewalLink(renewUrl, speech) : null,
  )
}

/** The way to the page where an expired license is renewed, where the author names one. */
export function renewalLink(renewUrl: string | null, { label }: Speech): HTMLElement | null {
  if (renewUrl === null) return null
  return create('a', { class: 'button', href: renewUrl, rel: 'noopener', target: '_blank' }, label('renew'))
}
