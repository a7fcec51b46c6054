import { CommandError } from '../command-error.js'

export interface CsvColumn<Item> {
  readonly name: string
  readonly value: (item: Item) => string | number | null
}

/** A spreadsheet of items. */
export async function writeCsv<Item>(items: readonly Item[], columns: readonly CsvColumn<Item>[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync')
  const rows = [columns.map(({ name }) => name), ...items.map((item) => columns.map(({ value }) => value(item)))]
  // A spreadsheet runs a cell that begins like a formula; names come from whoever registered (CSV injection).
  return stringify(rows, { escape_formulas: true }).trimEnd()
}

export interface CsvRow {
  /** The line of the file that it begins on. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>
  readonly info: { readonly lines: number }
}

/** Reads a spreadsheet whose first row names its columns. All of it is read before anything is done with it. */
export async function readCsv(text: string, file: string, columns: readonly string[]): Promise<readonly CsvRow[]> {
  const { parse, CsvError } = await import('csv-parse/sync')
  let names: readonly string[] = []
  const readNames = (header: string[]) => {
    names = header
    return header
  }
  const parseRows = () => {
    try {
      const options = { bom: true, skip_empty_lines: true, trim: true, info: true, columns: readNames } as const
      return parse<ParsedRow>(text, options)
    } catch (error) {
      // What the library says may quote the file, and with it whatever somebody has put there by mistake.
      const where = error instanceof CsvError && 'lines' in error ? `, from line ${String(error['lines'])} on` : ''
      throw new CommandError('invalid-csv', `The file ${file} cannot be read as CSV${where}.`)
    }
  }
  const rows = parseRows()
  if (names.length === 0 || new Set(names).size < names.length || names.some((name) => !columns.includes(name))) {
    const known = columns.join(', ')
    throw new CommandError('invalid-csv', `The first row of ${file} must name columns, each once, out of: ${known}.`)
  }
  return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
}
