import { componentRefusalMessage } from '../../../../src/domain/component/component-outcome.js'
import { refusalMessage } from '../../../../src/domain/license/refusal.js'
import { verdictMessage } from '../../../../src/domain/license/verdict-message.js'
import type { LabelName, PanelMessages } from '../../../../src/panel/index.js'
import { english, englishLabels } from '../../../../src/panel/messages/english.js'
import { german } from '../../../../src/panel/messages/german.js'

const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'

/** Right to left as Arabic is, and of the length of English; it means nothing. What stands in braces stays. */
function arabicLooking(text: string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part) =>
      part.startsWith('{')
        ? part
        : part.replace(/[a-z]/gi, (letter) => letters.charAt(letter.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0))),
    )
    .join('')
}

const translated = <Name extends string>(texts: Readonly<Record<Name, string>>) =>
  Object.fromEntries(Object.entries<string>(texts).map(([name, text]) => [name, arabicLooking(text)]))

/** As an author adds a language that the panel does not speak. */
export const arabic: PanelMessages = {
  direction: 'rtl',
  labels: { ...englishLabels, ...translated(englishLabels) },
  sentences: translated(german.sentences),
}

export type Language = 'en' | 'de' | 'ar'

const languages: Readonly<Record<Language, PanelMessages>> = { en: english, de: german, ar: arabic }

/** What stands on the page under a name of the catalog. */
export function labelIn(
  language: Language,
  name: LabelName,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return languages[language].labels[name].replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole))
}

/** The library's own words, which English is. */
const inEnglish: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  refused: { ...refusalMessage, ...componentRefusalMessage },
  verdict: { ...verdictMessage.unlicensed, ...verdictMessage.unknown },
}

/** What is said of an outcome: `refused.expired`. */
export function sentenceIn(language: Language, name: string): string {
  const [kind = '', ...rest] = name.split('.')
  return languages[language].sentences[name] ?? inEnglish[kind]?.[rest.at(-1) ?? ''] ?? ''
}
