import { type ComponentRefused, refusedComponent, tierNotEntitled } from '../../domain/component/component-outcome.js'
import type { Deferred } from '../../domain/license/outcome.js'
import type { SetbackReason } from '../../domain/license/setback.js'
import type { Release } from '../../domain/update/release.js'
import type { Engine } from '../engine.js'
import { deferral } from '../hub/deferral.js'
import type { AskOptions } from '../license/ask-license.js'
import { askForReleases, judgeHistory } from '../updates/ask.js'
import { askWithKey, availableComponents } from './ask.js'

export type Offer =
  | { readonly outcome: 'offered'; readonly release: Release }
  | { readonly outcome: 'nothing-newer' }
  | ComponentRefused
  | Deferred

/** Below every version, so that the hub offers its newest to whoever has none. */
const noVersion = '0.0.0-0'

/** The release to install of a component of which `installedVersion` is there. */
export async function offerFor(
  engine: Engine,
  slug: string,
  installedVersion: string | null,
  options: AskOptions,
): Promise<Offer> {
  const installed = { [slug]: installedVersion ?? noVersion }
  const reply = await askWithKey(engine, (licenseKey) => askForReleases(engine, licenseKey, installed, options))
  if (reply.outcome !== 'answered') return reply
  const answer = reply.answer.find((item) => item.slug === slug)
  if (!answer) return whyNotOffered(engine, slug, options)
  if (answer.problem) return undecided(engine, answer.problem)
  // An old answer would keep a fixed version from us, though what it offers is newer than what is installed.
  const { withheld } = await judgeHistory(engine, reply.record, [answer])
  if (withheld.length > 0) return undecided(engine, 'outdated-answer')
  if (!answer.release) {
    return installedVersion === null ? undecided(engine, 'unexpected-answer') : { outcome: 'nothing-newer' }
  }
  const { judgeOffer } = await import('../../domain/update/update-choice.js')
  switch (judgeOffer(answer.release, installedVersion, engine.settings.product.version)) {
    case 'newer':
      return { outcome: 'offered', release: answer.release }
    case 'product-version':
      return refusedComponent('product-version', answer.release.requiresProduct ?? undefined)
    case 'not-newer':
      return installedVersion === null ? undecided(engine, 'unexpected-answer') : { outcome: 'nothing-newer' }
  }
}

/** The hub leaves out what it does not know and what the license does not include: the catalog tells which. */
export async function whyNotOffered(
  engine: Engine,
  slug: string,
  options: AskOptions,
): Promise<ComponentRefused | Deferred> {
  const catalog = await availableComponents(engine, options)
  if (catalog.outcome !== 'listed') return catalog
  const item = catalog.items.find((component) => component.slug === slug)
  if (!item) return refusedComponent('unknown-component')
  return item.entitled ? undecided(engine, 'unexpected-answer') : tierNotEntitled(item.requiredTier)
}

function undecided({ clock }: Engine, reason: SetbackReason): Deferred {
  return deferral({ kind: 'setback', setback: { reason, retryAt: clock.now() } })
}
