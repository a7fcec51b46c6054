import type { Command } from 'commander'
import { CommandError } from '../command-error.js'
import { withFlag } from '../option.js'
import { type CsvColumn, writeCsv } from './csv.js'
import type { PortalRendering } from './portal-command.js'

export interface CsvFlagValues {
  readonly csv?: boolean
  readonly json?: boolean
}

export function withCsvFlag(command: Command): void {
  withFlag(command, { flags: '--csv', description: 'print CSV for a spreadsheet, license keys included' })
}

/** Renders items for a spreadsheet where that is asked for, else for people. */
export function forSpreadsheets<Item, Outcome extends { readonly items: readonly Item[] }>(
  { csv, json }: CsvFlagValues,
  columns: readonly CsvColumn<Item>[],
  render: (outcome: Outcome, rendering: PortalRendering) => string,
): (outcome: Outcome, rendering: PortalRendering) => string | Promise<string> {
  if (!csv) return render
  if (json) throw new CommandError('conflicting-option', 'The options --csv and --json exclude each other. Give one.')
  return ({ items }) => writeCsv(items, columns)
}
