import { installedComponent } from '../../domain/component/component.js'
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
  readonly source: 'hub' | 'record'
  readonly product: ReleaseNews
  readonly components: ReleaseNews | null
  /** What is wrong with single offers. */
  readonly withheld: readonly WithheldUpdate[]
  readonly componentsUndecided: Refused<UpdateRefusal> | Deferred | null
}

interface Judged {
  readonly updates: readonly ComponentUpdate[]
  readonly withheld: readonly WithheldUpdate[]
}

/** What of the offers is an update of an installed component. */
export async function judgeComponents(
  engine: Engine,
  { components }: LicenseRecord,
  news: ReleaseNews | null,
): Promise<Judged> {
  return judgeOffers(engine, news, (slug) => installedComponent(components, slug)?.version ?? null)
}

/** @param installedVersion - By slug; of what is not installed there is no update. */
async function judgeOffers(
  { settings }: Engine,
  news: ReleaseNews | null,
  installedVersion: (slug: string) => string | null,
): Promise<Judged> {
  // Comparing versions takes a library that no start of a product should pay for.
  const { judgeOffer } = await import('../../domain/update/update-choice.js')
  const updates: ComponentUpdate[] = []
  const withheld: WithheldUpdate[] = []
  for (const release of news?.offers ?? []) {
    const { slug } = release
    const currentVersion = installedVersion(slug)
    if (currentVersion === null) continue
    const judgement = judgeOffer(release, currentVersion, settings.product.version)
    if (judgement === 'newer') updates.push({ slug, currentVersion, release })
    else if (judgement === 'product-version') withheld.push({ slug, reason: judgement })
  }
  return { updates, withheld }
}

/** What of the hub's offers is an update here. That is decided by this machine, whatever the hub says. */
export async function reportUpdates(
  engine: Engine,
  record: LicenseRecord,
  findings: Findings,
): Promise<UpdateAvailable | UpToDate> {
  const { slug, version: currentVersion } = engine.settings.product
  const product = await judgeOffers(engine, findings.product, (offered) => (offered === slug ? currentVersion : null))
  const release = product.updates[0]?.release
  const { updates: components, withheld: ofComponents } = await judgeComponents(engine, record, findings.components)
  const withheld = [...findings.withheld, ...product.withheld, ...ofComponents]
  const { source, componentsUndecided } = findings
  const checked = { currentVersion, source, checkedAt: findings.product.askedAt, withheld, componentsUndecided }
  return release || components.length > 0
    ? { outcome: 'available', ...checked, release: release ?? null, components }
    : { outcome: 'current', ...checked }
}
