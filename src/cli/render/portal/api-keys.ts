import type { ApiKey, Created, CreatedApiKey, Listed } from '../../../portal/index.js'
import type { PortalRendering } from '../../portal/portal-command.js'
import { renderColumns } from '../columns.js'
import { renderTable, type TableColumn } from '../table.js'

const columns: readonly TableColumn<ApiKey>[] = [
  { title: 'ID', value: ({ id }) => String(id) },
  { title: 'NAME', value: ({ name }) => name },
  { title: 'KEY', value: ({ prefix }) => `fh_live_${prefix}…` },
  { title: 'CREATED', value: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10) },
]

export function renderApiKeys({ items }: Listed<ApiKey>, { colors }: PortalRendering): string {
  return items.length === 0 ? 'There are no API keys.' : renderTable(items, columns, colors.dim)
}

export function renderCreatedApiKey({ item }: Created<CreatedApiKey>, { colors }: PortalRendering): string {
  return renderColumns(
    colors.green('An API key was created. It is shown this once: keep it where secrets are kept.'),
    [
      ['Id', String(item.id)],
      ['Name', item.name],
      ['API key', item.rawKey],
    ],
    colors.dim,
  )
}
