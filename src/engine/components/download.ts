import {
  type ComponentFailed,
  type ComponentRefused,
  refusedComponent,
} from '../../domain/component/component-outcome.js'
import type { Downloaded } from '../../domain/download/download.js'
import type { Deferred } from '../../domain/license/outcome.js'
import type { Engine } from '../engine.js'
import { orFailed } from './exclusively.js'
import { type FetchTerms, fetchComponent, questionTerms } from './fetch.js'
import { offerFor } from './offer.js'
import { isComponentSlug } from './place.js'

/** What became of the download of a component's archive. */
export type DownloadComponentOutcome = Downloaded | ComponentRefused | ComponentFailed | Deferred

/** Downloads the newest archive of a component and installs nothing. */
export async function downloadComponent(
  engine: Engine,
  slug: string,
  terms: FetchTerms,
): Promise<DownloadComponentOutcome> {
  if (!isComponentSlug(slug)) return refusedComponent('unknown-component')
  return orFailed(terms.signal, async () => {
    const offer = await offerFor(engine, slug, null, questionTerms(engine, terms))
    switch (offer.outcome) {
      case 'offered':
        return fetchComponent(engine, offer.release, terms)
      case 'nothing-newer':
        return refusedComponent('unknown-component')
      default:
        return offer
    }
  })
}
