import type { Colors } from './colors.js'

/** A label and what it labels; `undefined` leaves the row out. */
export type Row = readonly [label: string, value: string | undefined]

/** A sentence, and the facts below it in two aligned columns. */
export function renderColumns(sentence: string, rows: readonly Row[], dim: Colors['dim']): string {
  const lines = alignRows(rows, dim)
  return lines.length === 0 ? sentence : [sentence, '', ...lines].join('\n')
}

/** One of several groups of facts on a page. */
export function renderSection(title: string, rows: readonly Row[], dim: Colors['dim']): string {
  return [title, ...alignRows(rows, dim)].join('\n')
}

function alignRows(rows: readonly Row[], dim: Colors['dim']): readonly string[] {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== undefined)
  const width = Math.max(0, ...shown.map(([label]) => label.length))
  return shown.map(([label, value]) => `  ${dim(label.padEnd(width))}  ${printable(value)}`)
}

/** Control characters in a hub's text could rewrite what stands on the screen. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD')
}
