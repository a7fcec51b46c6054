import { describe, expect, it } from 'vitest'
import { componentFailureMessage, componentRefusalMessage } from '../../src/domain/component/component-outcome.js'
import { downloadFailureMessage } from '../../src/domain/download/download.js'
import { activationRefusals } from '../../src/domain/license/refusal.js'
import { setbackMessage } from '../../src/domain/license/setback.js'
import { verdictMessage } from '../../src/domain/license/verdict-message.js'
import { messagesFor } from '../../src/panel/messages/catalog.js'
import { englishLabels } from '../../src/panel/messages/english.js'
import { german } from '../../src/panel/messages/german.js'

const sentences = [
  'verdict.licensed',
  'verdict.grace',
  'verdict.grace.not-asked-yet',
  'verdict.grace.expired',
  ...Object.keys(verdictMessage.unlicensed).map((reason) => `verdict.unlicensed.${reason}`),
  ...Object.keys(verdictMessage.unknown).map((reason) => `verdict.unknown.${reason}`),
  ...new Set(
    [...activationRefusals, ...Object.keys(componentRefusalMessage), 'tier-not-entitled'].map(
      (reason) => `refused.${reason}`,
    ),
  ),
  ...Object.keys(componentFailureMessage).map((reason) => `failed.${reason}`),
  ...Object.keys(setbackMessage).map((reason) => `deferred.${reason}`),
]

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

describe('German', () => {
  it('says everything that the library says in English, and nothing that it does not', () => {
    expect(Object.keys(german.sentences).sort()).toEqual([...sentences].sort())
  })

  it.each(Object.keys(downloadFailureMessage))(
    'speaks of no component where a download may fail alike: %s',
    (reason) => {
      expect(german.sentences[`failed.${reason}`]).not.toMatch(/Komponente/)
    },
  )

  it.each(Object.entries(englishLabels))('has the values of the label in English: %s', (name, text) => {
    expect(placeholders(german.labels[name as keyof typeof englishLabels])).toEqual(placeholders(text))
  })
})

describe('the language', () => {
  const arabic = { ...german, direction: 'rtl' as const }

  it.each([
    [['de'], 'de'],
    [['de-CH'], 'de'],
    [['DE-ch'], 'de'],
    [['fr', 'de'], 'de'],
    [['fr'], 'en'],
    [[''], 'en'],
    [['__proto__'], 'en'],
    [['ar-EG', 'de'], 'ar'],
  ])('wanted as %j is %s', (wanted, language) => {
    expect(messagesFor(wanted, { ar: arabic }).language).toBe(language)
  })

  it("may be the author's own words for one that there is", () => {
    const own = { ...german, labels: { ...german.labels, activate: 'Freischalten' } }
    expect(messagesFor(['de'], { de: own }).messages.labels.activate).toBe('Freischalten')
  })
})
