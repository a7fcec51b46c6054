import type { InstalledComponent } from '../../domain/component/component.js'
import type { ComponentOnMachine, InstalledComponentsOutcome } from '../../domain/component/component-outcome.js'
import { forgetComponent } from '../../domain/license/transition.js'
import type { ComponentPlace } from '../../ports/component-store.js'
import type { Engine } from '../engine.js'
import { exclusively } from './exclusively.js'
import { type LocalTerms, placeOf, recordedComponent } from './place.js'

/**
 * Makes the component's name lead to the version that the record has, and answers that version, where its files are
 * there. The record is what commits a change: whoever was interrupted before it wrote there has changed nothing.
 */
export async function settle(engine: Engine, place: ComponentPlace): Promise<InstalledComponent | undefined> {
  const { componentStore } = engine
  const { directory, slug } = place
  const record = await engine.keeper.load()
  const noted =
    typeof record !== 'string' && Object.hasOwn(record.components, slug) ? record.components[slug] : undefined
  if (!noted) return undefined
  const target = await componentStore.target(place)
  if (noted.onTrial) {
    if (target.kind === 'folder' && target.folder === noted.folder) await componentStore.release(place)
    if (noted.directory === directory) await engine.keeper.save((newest) => forgetComponent(newest, slug))
    return undefined
  }
  if (!(await componentStore.has(place, noted.folder))) return undefined
  const strayed = target.kind === 'none' || (target.kind === 'folder' && target.folder !== noted.folder)
  // What others have put there is theirs: two licenses on one directory would take turns for ever.
  if (strayed) await componentStore.use(place, noted.folder)
  return noted
}

/** What is installed, by the record, with anything put right that an interrupted call has left behind. */
export async function installedComponents(engine: Engine, terms: LocalTerms): Promise<InstalledComponentsOutcome> {
  const record = await engine.keeper.load()
  const slugs = typeof record === 'string' ? [] : Object.keys(record.components)
  const items = await Promise.all(slugs.map((slug) => settled(engine, slug, terms)))
  return { outcome: 'listed', items: items.flat() }
}

async function settled(
  engine: Engine,
  slug: string,
  { directory, deadlineMs }: LocalTerms,
): Promise<readonly ComponentOnMachine[]> {
  const place = await placeOf(engine, slug, directory)
  const look = async () => {
    const component = await recordedComponent(engine, slug)
    return component ? [await describe(engine, place, component)] : []
  }
  const seen = await look()
  if (seen.some(({ state }) => state === 'in-place')) return seen
  // Somebody has died in the middle of a change, or is in the middle of one and holds the lock.
  await exclusively(engine, place, deadlineMs, async (lock) => {
    if (lock !== 'contended') await settle(engine, place)
  }).catch(() => undefined)
  return look()
}

/** A component as a caller sees it. */
export async function describe(
  { componentStore }: Engine,
  place: ComponentPlace,
  { version, folder, installedAt, previous }: InstalledComponent,
): Promise<ComponentOnMachine> {
  return {
    slug: place.slug,
    version,
    previousVersion: previous?.version ?? null,
    installedAt,
    path: componentStore.pathOf(place),
    state: await stateOf(),
  }

  async function stateOf(): Promise<ComponentOnMachine['state']> {
    try {
      if (!(await componentStore.has(place, folder))) return 'missing'
      const target = await componentStore.target(place)
      return target.kind === 'folder' && target.folder === folder ? 'in-place' : 'replaced'
    } catch {
      return 'missing'
    }
  }
}
