import type { Created, Listed, PortalClientAccount } from '../../../portal/index.js'
import type { CsvColumn } from '../../portal/csv.js'
import type { PortalRendering } from '../../portal/portal-command.js'
import { renderColumns } from '../columns.js'
import { renderTable, type TableColumn } from '../table.js'

const columns: readonly TableColumn<PortalClientAccount>[] = [
  { title: 'ID', value: ({ id }) => String(id) },
  { title: 'E-MAIL', value: ({ email }) => email },
  { title: 'NAME', value: ({ name }) => name },
  { title: 'COMPANY', value: ({ company }) => company ?? '-' },
  { title: 'LICENSES', value: ({ licenseCount }) => String(licenseCount) },
]

export function renderClients({ items }: Listed<PortalClientAccount>, { colors }: PortalRendering): string {
  return items.length === 0 ? 'There are no clients.' : renderTable(items, columns, colors.dim)
}

export function renderCreatedClient({ item }: Created<PortalClientAccount>, { colors }: PortalRendering): string {
  return renderColumns(
    colors.green('A client was created.'),
    [
      ['Id', String(item.id)],
      ['E-mail', item.email],
      ['Name', item.name],
      ['Company', item.company ?? undefined],
    ],
    colors.dim,
  )
}

export const clientCsvColumns: readonly CsvColumn<PortalClientAccount>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'email', value: ({ email }) => email },
  { name: 'name', value: ({ name }) => name },
  { name: 'company', value: ({ company }) => company },
  { name: 'licenseCount', value: ({ licenseCount }) => licenseCount },
]
