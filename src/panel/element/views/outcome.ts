import type { Outcome } from '../connection.js'
import { create } from '../create.js'
import type { Speech } from '../speech.js'
import { renewalLink } from './renewal.js'

/** What became of something that was asked: what it means, and what to do now. */
export function outcomeView(outcome: Outcome, done: string, renewUrl: string | null, speech: Speech): readonly Node[] {
  const { label, meaning, moment } = speech
  if (outcome.outcome === 'refused') {
    return [
      create('p', { class: 'result unlicensed' }, meaning('refused', outcome)),
      ...(outcome.reason === 'limit-reached' ? [create('p', {}, label('limit.meaning'))] : []),
      ...(outcome.reason === 'expired' ? [renewalLink(renewUrl, label('renew'))].filter((link) => link !== null) : []),
    ]
  }
  if (outcome.outcome === 'deferred') {
    // Nobody said no: the license is neither better nor worse than before.
    return [
      create(
        'p',
        { class: 'result unknown' },
        create('strong', {}, label('state.unknown')),
        ' ',
        meaning('deferred', outcome),
      ),
      ...(outcome.retryAt !== undefined
        ? [create('p', { class: 'hint' }, `${label('next-check')}: ${moment(outcome.retryAt)}`)]
        : []),
    ]
  }
  return [create('p', { class: 'result licensed' }, done)]
}
