import type { Created, CreatedWebhook, Listed, Webhook } from '../../../portal/index.js'
import type { PortalRendering } from '../../portal/portal-command.js'
import { renderColumns } from '../columns.js'
import { renderTable, type TableColumn } from '../table.js'

const columns: readonly TableColumn<Webhook>[] = [
  { title: 'ID', value: ({ id }) => String(id) },
  { title: 'URL', value: ({ url }) => url },
  { title: 'ACTIVE', value: ({ isActive }) => (isActive ? 'yes' : 'no') },
  { title: 'EVENTS', value: ({ events }) => events.join(' ') },
]

export function renderWebhooks({ items }: Listed<Webhook>, { colors }: PortalRendering): string {
  return items.length === 0 ? 'There are no webhooks.' : renderTable(items, columns, colors.dim)
}

export function renderCreatedWebhook({ item }: Created<CreatedWebhook>, { colors }: PortalRendering): string {
  return renderColumns(
    colors.green('A webhook was created. Its secret is shown this once: keep it where secrets are kept.'),
    [
      ['Id', String(item.id)],
      ['URL', item.url],
      ['Events', item.events.join(' ')],
      ['Secret', item.secret],
    ],
    colors.dim,
  )
}
