import type { Colors } from './colors.js'
import { printable } from './columns.js'

export interface TableColumn<Item> {
  readonly title: string
  readonly value: (item: Item) => string
}

/** Items below each other, in aligned columns under their titles. */
export function renderTable<Item>(
  items: readonly Item[],
  columns: readonly TableColumn<Item>[],
  dim: Colors['dim'],
): string {
  const cells = items.map((item) => columns.map(({ value }) => printable(value(item))))
  const titles = columns.map(({ title }) => title)
  const widths = titles.map((title, index) =>
    cells.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), title.length),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return [dim(line(titles)), ...cells.map(line)].join('\n')
}
