import { installedComponent } from '../../domain/component.js'
import type {
  ComponentUpdate,
  Deferred,
  Refused,
  UpdateAvailable,
  UpToDate,
  WithheldUpdate,
} from '../../domain/outcome.js'
import type { LicenseRecord } from '../../domain/record.js'
import type { UpdateRefusal } from '../../domain/refusal.js'
import type { Release } from '../../domain/release.js'
import type { ReleaseNews } from '../../domain/update-news.js'
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

/** What of the hub's offers is an update here. That is decided by this machine, whatever the hub says. */
export async function reportUpdates(
  { settings }: Engine,
  record: LicenseRecord,
  findings: Findings,
): Promise<UpdateAvailable | UpToDate> {
  // Comparing versions takes a library that no start of a product should pay for.
  const { judgeOffer } = await import('../../domain/update-choice.js')
  const { slug: product, version: currentVersion } = settings.product
  const withheld = [...findings.withheld]

  function isUpdate(offer: Release, installed: string): boolean {
    const judgement = judgeOffer(offer, installed, currentVersion)
    if (judgement === 'product-version') withheld.push({ slug: offer.slug, reason: judgement })
    return judgement === 'newer'
  }

  const release = findings.product.offers.find((offer) => offer.slug === product && isUpdate(offer, currentVersion))
  const components = (findings.components?.offers ?? []).flatMap((offer): ComponentUpdate[] => {
    const installed = installedComponent(record.components, offer.slug)?.version
    // Of what is not installed there is no update.
    if (installed === undefined || !isUpdate(offer, installed)) return []
    return [{ slug: offer.slug, currentVersion: installed, release: offer }]
  })
  const { source, componentsUndecided } = findings
  const checked = { currentVersion, source, checkedAt: findings.product.askedAt, withheld, componentsUndecided }
  return release || components.length > 0
    ? { outcome: 'available', ...checked, release: release ?? null, components }
    : { outcome: 'current', ...checked }
}
