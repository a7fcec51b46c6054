import type { CreatedAll, CreatedInPart, Listed, PortalLicense } from '../../../portal/index.js'
import type { CsvColumn } from '../../portal/csv.js'
import type { PortalRendering } from '../../portal/portal-command.js'
import { renderColumns } from '../columns.js'
import { renderDate } from '../dates.js'
import { renderTable, type TableColumn } from '../table.js'

const day = (time: number | null) => (time === null ? 'never' : new Date(time).toISOString().slice(0, 10))

/** A list is looked through, often with others: it shows no key. What was just created is there to be handed on. */
const maskedKey = ({ licenseKey }: PortalLicense) => licenseKey.replace(/^FLVR-.*-/, 'FLVR-****-****-****-')

function columnsWith(key: (license: PortalLicense) => string): readonly TableColumn<PortalLicense>[] {
  return [
    { title: 'ID', value: ({ id }) => String(id) },
    { title: 'LICENSE', value: key },
    { title: 'PRODUCT', value: ({ product }) => product.slug },
    { title: 'TIER', value: ({ tier }) => tier },
    { title: 'STATUS', value: ({ status }) => status },
    { title: 'SOURCE', value: ({ source }) => source },
    { title: 'EXPIRES', value: ({ expiresAt }) => day(expiresAt) },
    { title: 'CLIENT', value: ({ customerId }) => (customerId === null ? '-' : String(customerId)) },
    { title: 'DOMAINS', value: ({ activations }) => activations.map(({ domain }) => domain).join(' ') || '-' },
  ]
}

export function renderLicenses({ items }: Listed<PortalLicense>, { colors }: PortalRendering): string {
  return items.length === 0 ? 'There are no licenses.' : renderTable(items, columnsWith(maskedKey), colors.dim)
}

export function renderCreatedLicenses(
  outcome: CreatedAll<PortalLicense> | CreatedInPart<PortalLicense>,
  { colors }: PortalRendering,
): string {
  const { items } = outcome
  const table =
    items.length === 0
      ? []
      : [
          '',
          renderTable(
            items,
            columnsWith(({ licenseKey }) => licenseKey),
            colors.dim,
          ),
        ]
  const sentence =
    outcome.outcome === 'created'
      ? colors.green(items.length === 1 ? 'A license was created.' : `${items.length} licenses were created.`)
      : colors.yellow(outcome.message)
  return [sentence, ...table].join('\n')
}

export function renderLicense(sentence: string, license: PortalLicense | null, rendering: PortalRendering): string {
  const { colors, now } = rendering
  return renderColumns(
    colors.green(sentence),
    license === null
      ? []
      : [
          ['Id', String(license.id)],
          ['License', maskedKey(license)],
          ['Product', license.product.slug],
          ['Tier', license.tier],
          ['Status', license.status],
          ['Expires', license.expiresAt === null ? 'never' : renderDate(license.expiresAt, now)],
        ],
    colors.dim,
  )
}

const time = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString())

export const licenseCsvColumns: readonly CsvColumn<PortalLicense>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'licenseKey', value: ({ licenseKey }) => licenseKey },
  { name: 'productId', value: ({ product }) => product.id },
  { name: 'productSlug', value: ({ product }) => product.slug },
  { name: 'tier', value: ({ tier }) => tier },
  { name: 'status', value: ({ status }) => status },
  { name: 'source', value: ({ source }) => source },
  { name: 'expiresAt', value: ({ expiresAt }) => time(expiresAt) },
  { name: 'domains', value: ({ activations }) => activations.map(({ domain }) => domain).join(' ') },
  { name: 'customerId', value: ({ customerId }) => customerId },
  { name: 'createdAt', value: ({ createdAt }) => time(createdAt) },
]
