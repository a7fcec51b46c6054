import {
  failedComponent,
  type RemoveComponentOutcome,
  refusedComponent,
} from '../../domain/component/component-outcome.js'
import { forgetComponent, noteComponent } from '../../domain/license/transition.js'
import type { Engine } from '../engine.js'
import { exclusively, orFailed } from './exclusively.js'
import { isComponentSlug, type LocalTerms, placeOf, recordedComponent } from './place.js'

/** Removes a component with all versions that are kept of it, without asking the hub. */
export async function removeComponent(
  engine: Engine,
  slug: string,
  terms: LocalTerms,
): Promise<RemoveComponentOutcome> {
  const { componentStore, keeper } = engine
  if (!isComponentSlug(slug) || !(await recordedComponent(engine, slug))) return refusedComponent('not-installed')
  const place = await placeOf(engine, slug, terms.directory)
  return exclusively(engine, place, terms.deadlineMs, () =>
    orFailed(terms.signal, async (): Promise<RemoveComponentOutcome> => {
      const component = await recordedComponent(engine, slug)
      if (!component) return refusedComponent('not-installed')
      const target = await componentStore.target(place)
      if (target.kind === 'foreign') return failedComponent('place-taken', componentStore.pathOf(place))
      // The name first: whoever is interrupted before the record has removed nothing, and the next call puts it back.
      if (target.kind === 'folder') await componentStore.release(place)
      await keeper.save((record) => forgetComponent(record, slug))
      if (!keeper.isKept()) {
        // The next process would find the record from before, and a component without files.
        await keeper.save((record) => noteComponent(record, slug, component))
        if (target.kind === 'folder') await componentStore.use(place, target.folder)
        return failedComponent('disk-failed')
      }
      const { version, folder, previous } = component
      const folders = previous ? [folder, previous.folder] : [folder]
      await componentStore.sweep(place, [], folders).catch(() => undefined)
      return { outcome: 'removed', slug, version }
    }),
  )
}
