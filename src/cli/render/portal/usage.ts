import type { Found, LicensePack, LicenseUsage, PackCredits } from '../../../portal/index.js'
import type { PortalRendering } from '../../portal/portal-command.js'
import { renderColumns } from '../columns.js'
import { renderTable, type TableColumn } from '../table.js'

const orUnlimited = (count: number) => (count < 0 ? 'unlimited' : String(count))

export function renderUsage({ item }: Found<LicenseUsage>, { colors }: PortalRendering): string {
  return renderColumns(
    'Licenses of the account, those that are not for resale left out:',
    [
      ['Used', String(item.totalLicenses)],
      ['Limit', orUnlimited(item.limit)],
      ['Remaining', orUnlimited(item.remaining)],
    ],
    colors.dim,
  )
}

const packColumns: readonly TableColumn<LicensePack>[] = [
  { title: 'PACK', value: ({ packId }) => String(packId) },
  { title: 'SIZE', value: ({ packSize }) => String(packSize) },
  { title: 'BUNDLE', value: ({ bundle }) => bundle ?? '-' },
  { title: 'USED', value: ({ used }) => String(used) },
  { title: 'REMAINING', value: ({ remaining }) => String(remaining) },
  { title: 'STATUS', value: ({ status }) => status },
]

export function renderCredits({ item }: Found<PackCredits>, { colors }: PortalRendering): string {
  const sentence = `${item.totalCredits} licenses are paid in advance.`
  return item.packs.length === 0
    ? sentence
    : [sentence, '', renderTable(item.packs, packColumns, colors.dim)].join('\n')
}
