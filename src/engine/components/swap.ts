import type { InstalledComponent } from '../../domain/component/component.js'
import { type ComponentFailed, failedComponent } from '../../domain/component/component-outcome.js'
import { forgetComponent, noteComponent } from '../../domain/license/transition.js'
import type { ComponentPlace } from '../../ports/component-store.js'
import type { Engine } from '../engine.js'

/** One version of a component is about to take the place of another, or has just done so. */
export interface SwapContext {
  readonly slug: string
  readonly version: string
  /** The version that is replaced; `null` where there was none. */
  readonly replacedVersion: string | null
  /** Where the product loads the component from. */
  readonly path: string
  /** The folder of the new version's files, which never changes. */
  readonly files: string
}

/** False, or a throw, is an objection. */
export type SwapHook = (
  context: SwapContext,
) => boolean | undefined | Promise<boolean | undefined> | Promise<void> | void

/** The product's say in the change of a component. */
export interface SwapHooks {
  /** Called with the new version unpacked and the old one in use. False, or a throw, leaves everything as it is. */
  readonly beforeSwap?: SwapHook
  /**
   * Called with the new version in use: the product's own health check. False, or a throw, puts the old one back. So
   * does a crash during the check: the new version counts as installed only once it has passed.
   */
  readonly afterSwap?: SwapHook
}

export interface SwapTerms extends SwapHooks {
  /** Counts until the new version is in use. */
  readonly signal?: AbortSignal | undefined
}

/** How often a record is written again that another process, without the lock, has written over. */
const saveAttempts = 3

/** Puts a version in use that is on the disk, and notes it. On any failure the version before is in use again. */
export async function swap(
  engine: Engine,
  place: ComponentPlace,
  before: InstalledComponent | undefined,
  next: InstalledComponent,
  terms: SwapTerms,
): Promise<ComponentFailed | undefined> {
  const { componentStore } = engine
  const context: SwapContext = {
    slug: place.slug,
    version: next.version,
    replacedVersion: before?.version ?? null,
    path: componentStore.pathOf(place),
    files: componentStore.folderPath(place, next.folder),
  }
  if ((await componentStore.target(place)).kind === 'foreign') return failedComponent('place-taken', context.path)
  const objection = await objectionOf(terms.beforeSwap, context)
  if (objection !== undefined) return failedComponent('held-back', objection)
  terms.signal?.throwIfAborted()

  try {
    // Nothing would tell the next call of a first version that was put in use and never passed.
    if (!before) await save(engine, place, { ...next, onTrial: true })
    await componentStore.use(place, next.folder)
    const complaint = await objectionOf(terms.afterSwap, context)
    if (complaint !== undefined) {
      await restore()
      return failedComponent('unhealthy', complaint)
    }
  } catch (error) {
    // The record has not changed, so that the next call puts it right where this one cannot.
    await restore().catch(() => undefined)
    throw error
  }
  await save(engine, place, next)
  if (!engine.keeper.isKept()) {
    // The next process would find the record from before, and take the version back that the customer was told of.
    await restore()
    if (before) await save(engine, place, before)
    return failedComponent('disk-failed')
  }
  // Another process that went on without the lock may have put the version before in use meanwhile.
  const target = await componentStore.target(place)
  if (target.kind !== 'folder' || target.folder !== next.folder) await componentStore.use(place, next.folder)
  return undefined

  async function restore(): Promise<void> {
    if (before) return componentStore.use(place, before.folder)
    await componentStore.release(place)
    await engine.keeper.save((record) => forgetComponent(record, place.slug))
  }
}

/** What a hook has against it: nothing, or a reason, which may be empty. */
async function objectionOf(hook: SwapHook | undefined, context: SwapContext): Promise<string | undefined> {
  try {
    return (await hook?.(context)) === false ? `${context.slug} ${context.version}` : undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function save(engine: Engine, { slug }: ComponentPlace, component: InstalledComponent): Promise<void> {
  for (let attempt = 0; attempt < saveAttempts; attempt += 1) {
    await engine.keeper.save((record) => noteComponent(record, slug, component))
    const record = await engine.keeper.load()
    if (typeof record === 'string' || record.components[slug]?.folder === component.folder) return
  }
}
