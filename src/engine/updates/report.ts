import { installedComponent } from '../../domain/component/component.js'
import type { CheckComponentsOutcome } from '../../domain/component/component-outcome.js'
import type {
  ComponentUpdate,
  Deferred,
  Refused,
  UpdateAvailable,
  UpToDate,
  WithheldUpdate,
} from '../../domain/license/outcome.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import type { UpdateRefusal } from '../../domain/license/refusal.js'
import type { ReleaseNews } from '../../domain/update/update-news.js'
import type { Engine } from '../engine.js'

/** What the hub has said, now or lately. */
export interface Findings {
  readonly record: LicenseRecord
  readonly source: 'hub' | 'record'
  /** About the product, where that was wanted, and about the components, where any is installed. */
  readonly news: readonly ReleaseNews[]
  readonly componentsUndecided: Refused<UpdateRefusal> | Deferred | null
}

interface Judged {
  /** Of the product and of its components. */
  readonly updates: readonly ComponentUpdate[]
  readonly withheld: readonly WithheldUpdate[]
}

/** What of the hub's offers is an update here. That is decided by this machine, whatever the hub says. */
async function judge({ settings }: Engine, { record, news }: Findings): Promise<Judged> {
  // Comparing versions takes a library that no start of a product should pay for.
  const { judgeOffer } = await import('../../domain/update/update-choice.js')
  const { product } = settings
  const installedVersion = (slug: string) =>
    slug === product.slug ? product.version : installedComponent(record.components, slug)?.version
  const updates: ComponentUpdate[] = []
  const withheld = news.flatMap((told) => told.withheld)
  for (const release of news.flatMap(({ offers }) => offers)) {
    const { slug } = release
    const currentVersion = installedVersion(slug)
    if (currentVersion === undefined) continue
    const judgement = judgeOffer(release, currentVersion, product.version)
    if (judgement === 'newer') updates.push({ slug, currentVersion, release })
    else if (judgement === 'product-version') withheld.push({ slug, reason: judgement })
  }
  return { updates, withheld }
}

/** Of the product and of its components. */
export async function reportUpdates(engine: Engine, findings: Findings): Promise<UpdateAvailable | UpToDate> {
  const { slug: product, version: currentVersion } = engine.settings.product
  const { source, componentsUndecided, news } = findings
  const { updates, withheld } = await judge(engine, findings)
  const checkedAt = Math.min(...news.map(({ askedAt }) => askedAt))
  const checked = { currentVersion, source, checkedAt, withheld, componentsUndecided }
  const release = updates.find(({ slug }) => slug === product)?.release ?? null
  const components = updates.filter(({ slug }) => slug !== product)
  return updates.length > 0
    ? { outcome: 'available', ...checked, release, components }
    : { outcome: 'current', ...checked }
}

/** Of the components alone. */
export async function reportComponents(engine: Engine, findings: Findings): Promise<CheckComponentsOutcome> {
  if (findings.componentsUndecided) return findings.componentsUndecided
  const { slug: product } = engine.settings.product
  const ofComponents = <Item extends { readonly slug: string }>(all: readonly Item[]) =>
    all.filter(({ slug }) => slug !== product)
  const judged = await judge(engine, findings)
  const [items, withheld] = [ofComponents(judged.updates), ofComponents(judged.withheld)]
  return items.length > 0 ? { outcome: 'available', items, withheld } : { outcome: 'current', withheld }
}
