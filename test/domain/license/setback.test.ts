import { describe, expect, it } from 'vitest'
import { activationRefusals, refusalMessage, updateRefusals } from '../../../src/domain/license/refusal.js'
import { mayStillArrive, type SetbackReason, setbackKind, setbackMessage } from '../../../src/domain/license/setback.js'
import { verdictMessage } from '../../../src/domain/license/verdict-message.js'

/** Complete by its type: a reason that is added must be put here too. */
const kinds: Readonly<Record<SetbackReason, 'refusal' | 'non-answer'>> = {
  'name-not-resolved': 'non-answer',
  'connection-refused': 'non-answer',
  'connection-lost': 'non-answer',
  timeout: 'non-answer',
  'tls-failed': 'non-answer',
  'proxy-failed': 'non-answer',
  'network-failed': 'non-answer',
  'too-large': 'non-answer',
  'not-json': 'non-answer',
  redirected: 'non-answer',
  'unexpected-answer': 'non-answer',
  'wrong-route': 'non-answer',
  'hub-failed': 'non-answer',
  'rate-limited': 'non-answer',
  'over-budget': 'non-answer',
  refused: 'refusal',
  'proof-missing': 'non-answer',
  'proof-invalid': 'non-answer',
  'outdated-answer': 'non-answer',
  'failed-here': 'non-answer',
}

describe('setbackKind', () => {
  it.each(Object.entries(kinds) as [SetbackReason, string][])('%s is a %s', (reason, kind) => {
    expect(setbackKind(reason)).toBe(kind)
  })

  it('leaves a request on its way where the connection was there and no answer came', () => {
    const reasons = Object.keys(kinds) as SetbackReason[]
    expect(reasons.filter(mayStillArrive).sort()).toEqual(['connection-lost', 'network-failed', 'timeout'])
  })

  it('has a message for each reason and for nothing else', () => {
    expect(Object.keys(setbackMessage).sort()).toEqual(Object.keys(kinds).sort())
  })
})

describe('the reasons for which the hub refuses', () => {
  it('have a message each', () => {
    expect(new Set([...activationRefusals, ...updateRefusals])).toEqual(new Set(Object.keys(refusalMessage)))
  })

  it('are each listed once', () => {
    expect(new Set(activationRefusals).size).toBe(activationRefusals.length)
    expect(new Set(updateRefusals).size).toBe(updateRefusals.length)
  })
})

const sentences: [string, string][] = Object.entries({ setbackMessage, refusalMessage, ...verdictMessage }).flatMap(
  ([table, messages]): [string, string][] =>
    typeof messages === 'string'
      ? [[table, messages]]
      : Object.entries(messages).map(([reason, message]) => [`${table} ${reason}`, message]),
)

describe('what people read', () => {
  it.each(sentences)('%s: whole sentences in plain words', (_name, message) => {
    expect(message).toMatch(/^[A-Z][^\n]*\.$/)
    expect(message).not.toMatch(/ {2}|\.\.|undefined|\bhub\b|token|JSON|HTTP|\bAPI\b|nonce|signature is bad/)
    expect(message.length).toBeLessThan(240)
  })

  it('is different for every reason within a table', () => {
    for (const table of [setbackMessage, refusalMessage, verdictMessage.unlicensed, verdictMessage.unknown]) {
      const messages = Object.values(table)
      expect(new Set(messages).size).toBe(messages.length)
    }
  })
})
