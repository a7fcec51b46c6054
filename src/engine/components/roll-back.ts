import type { InstalledComponent } from '../../domain/component/component.js'
import { type RollBackComponentOutcome, refusedComponent } from '../../domain/component/component-outcome.js'
import type { Engine } from '../engine.js'
import { exclusively, orFailed } from './exclusively.js'
import { isComponentSlug, type LocalTerms, placeOf, recordedComponent } from './place.js'
import { describe, settle } from './settle.js'
import { type SwapHooks, swap } from './swap.js'

/** Puts the version before in use again, without asking the hub. A further rollback undoes this one. */
export async function rollBackComponent(
  engine: Engine,
  slug: string,
  terms: LocalTerms & SwapHooks,
): Promise<RollBackComponentOutcome> {
  if (!isComponentSlug(slug) || !(await recordedComponent(engine, slug))) return refusedComponent('not-installed')
  const place = await placeOf(engine, slug, terms.directory)
  return exclusively(engine, place, terms.deadlineMs, () =>
    orFailed(terms.signal, async (): Promise<RollBackComponentOutcome> => {
      await settle(engine, place)
      const before = await recordedComponent(engine, slug)
      if (!before) return refusedComponent('not-installed')
      const { previous, directory, ...current } = before
      if (!previous || !(await engine.componentStore.has(place, previous.folder))) {
        return refusedComponent('no-previous-version')
      }
      const next: InstalledComponent = { ...previous, directory: place.directory, previous: current }
      const failed = await swap(engine, place, before, next, terms)
      if (failed) return failed
      const component = await describe(engine, place, next)
      return { outcome: 'rolled-back', component, replacedVersion: before.version }
    }),
  )
}
