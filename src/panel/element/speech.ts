import type { Activations } from '../../domain/license/record.js'
import type { LabelName } from '../messages/panel-messages.js'
import type { Catalog } from './connection.js'

type Values = Readonly<Record<string, string | number>>

/** What an outcome says of itself, as far as words for it are chosen by that. */
export interface Meant {
  readonly state?: string
  readonly reason?: string
  readonly message?: string
}

/** The panel's words in the reader's language. */
export interface Speech {
  label(name: LabelName, values?: Values): string
  /** What an outcome means; in the library's own words where the language has none. */
  meaning(kind: 'verdict' | 'refused' | 'deferred' | 'failed', meant: Meant, values?: Values): string
  date(time: number): string
  /** With the time of the day. */
  moment(time: number): string
  /** The time of the day alone. */
  hour(time: number): string
  /** How far ahead: `in 2 minutes`. */
  soon(ms: number): string
  bytes(count: number): string
  /** `1 day`, `9 days`. */
  days(count: number): string
}

/** From this many milliseconds on, the unit is the one to speak in. */
const spans = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const

const sizes = [
  [1_000_000, 'megabyte'],
  [1_000, 'kilobyte'],
  [1, 'byte'],
] as const

export function speak({ language, messages }: Catalog): Speech {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const { format } = new Intl.DateTimeFormat(language, options)
    return (time: number) => format(time)
  }
  const ahead = new Intl.RelativeTimeFormat(language)
  const fill = (text: string, values: Values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))

  return {
    label: (name, values = {}) => fill(messages.labels[name], values),
    meaning(kind, { state, reason, message = '' }, values = {}) {
      // From the most special to the most general: `verdict.grace.timeout`, `verdict.grace`.
      const names = [kind, state, reason].filter((part) => part !== undefined)
      while (names.length > 1) {
        const sentence = messages.sentences[names.join('.')]
        if (sentence !== undefined) return fill(sentence, values)
        names.pop()
      }
      return message
    },
    date: dates({ dateStyle: 'long' }),
    moment: dates({ dateStyle: 'medium', timeStyle: 'short' }),
    hour: dates({ timeStyle: 'short' }),
    soon(ms) {
      const [unitMs, unit] = spans.find(([span]) => ms >= span) ?? spans[3]
      return ahead.format(Math.max(1, Math.round(ms / unitMs)), unit)
    },
    days: new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format,
    bytes(count) {
      const [scale, unit] = sizes.find(([size]) => count >= size) ?? sizes[2]
      const format = new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
      })
      return format.format(count / scale)
    },
  }
}

/** How many domains a license is active on, and of how many. */
export function inUse({ used, limit }: Activations, { label }: Pick<Speech, 'label'>): string {
  return limit === null ? label('activations.unlimited', { used }) : label('activations.of', { used, limit })
}

/** A plan as it is written in a sentence: the hub names it in lower case. */
export function planName(tier: string): string {
  return tier.slice(0, 1).toUpperCase() + tier.slice(1)
}
