import { scopeDigest } from '../../asking/digest.js'
import { entryNameProblem } from '../../domain/component/archive-entry-name.js'
import { type InstalledComponent, installedComponent } from '../../domain/component/component.js'
import { FlavorLicenseError } from '../../domain/errors.js'
import { isProductSlug } from '../../domain/license/product-slug.js'
import type { ComponentPlace } from '../../ports/component-store.js'
import type { Engine } from '../engine.js'

/** Terms of a call that asks no hub. */
export interface LocalTerms {
  readonly directory?: string | undefined
  /** How long to wait for another process that is at work on the same component. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

/** Whether a component can be called so. The slug becomes the name of a file, and `nul` is none on Windows. */
export function isComponentSlug(slug: unknown): slug is string {
  return typeof slug === 'string' && isProductSlug(slug) && entryNameProblem(slug) === undefined
}

/** What the signed record says is installed under a slug, whatever lies on the disk. */
export async function recordedComponent({ keeper }: Engine, slug: string): Promise<InstalledComponent | undefined> {
  const record = await keeper.load()
  return typeof record === 'string' ? undefined : installedComponent(record.components, slug)
}

/**
 * Where a component is, or is to be: in the directory of this call, else of the client's options, else where it is.
 *
 * @throws FlavorLicenseError `invalid-option` when none of them names one.
 */
export async function placeOf(engine: Engine, slug: string, directory: string | undefined): Promise<ComponentPlace> {
  const { hash, settings } = engine
  const chosen = directory ?? settings.componentDirectory ?? (await recordedComponent(engine, slug))?.directory
  if (chosen === undefined) {
    throw new FlavorLicenseError(
      'invalid-option',
      'There is no directory to install components in. Name one in the call, or in the components.directory option.',
    )
  }
  const { domain } = await engine.identity()
  return { directory: chosen, slug, scope: scopeDigest(hash, settings.hub, settings.product.slug, domain) }
}
