import type { LabelName } from '../messages/panel-messages.js'
import type { Catalog, Outcome } from './connection.js'

/** The panel's words in the reader's language. */
export interface Speech {
  readonly language: string
  label(name: LabelName, values?: Readonly<Record<string, string | number>>): string
  /** What an outcome means; in the library's own words where the language has none. */
  meaning(kind: 'verdict' | 'refused' | 'deferred', outcome: Outcome): string
  date(time: number): string
  /** With the time of the day. */
  moment(time: number): string
}

export function speak({ language, messages }: Catalog): Speech {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const { format: write } = new Intl.DateTimeFormat(language, options)
    return (time: number) => write(time)
  }
  const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))

  return {
    language,
    label: (name, values = {}) => fill(messages.labels[name], values),
    meaning(kind, { state, reason, message = '' }) {
      // From the most special to the most general: `verdict.grace.timeout`, `verdict.grace`.
      const names = [kind, state, reason].filter((part) => part !== undefined)
      while (names.length > 1) {
        const sentence = messages.sentences[names.join('.')]
        if (sentence !== undefined) return sentence
        names.pop()
      }
      return message
    },
    date: format({ dateStyle: 'long' }),
    moment: format({ dateStyle: 'medium', timeStyle: 'short' }),
  }
}
