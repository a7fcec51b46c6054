import type { Colors } from './colors.js'

/** A label and what it labels; `undefined` leaves the row out. */
export type Row = readonly [label: string, value: string | undefined]

/** A sentence, and the facts below it in two aligned columns. */
export function renderColumns(sentence: string, rows: readonly Row[], dim: Colors['dim']): string {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== undefined)
  const width = Math.max(0, ...shown.map(([label]) => label.length))
  const lines = shown.map(([label, value]) => `  ${dim(label.padEnd(width))}  ${printable(value)}`)
  return lines.length === 0 ? sentence : [sentence, '', ...lines].join('\n')
}

/** Control characters in a hub's text could rewrite what stands on the screen. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD')
}
