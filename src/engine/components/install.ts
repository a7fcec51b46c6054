import { toHex } from '../../asking/digest.js'
import type { InstalledComponent, InstalledVersion } from '../../domain/component/component.js'
import {
  type InstallComponentOutcome,
  refusedComponent,
  unsafeArchive,
} from '../../domain/component/component-outcome.js'
import type { Release } from '../../domain/update/release.js'
import type { ComponentPlace } from '../../ports/component-store.js'
import type { Engine } from '../engine.js'
import { deferral } from '../hub/deferral.js'
import { exclusively, orFailed } from './exclusively.js'
import { type FetchTerms, fetchComponent, questionTerms } from './fetch.js'
import { offerFor } from './offer.js'
import { isComponentSlug, placeOf, recordedComponent } from './place.js'
import { describe, settle } from './settle.js'
import { type SwapHooks, swap } from './swap.js'

export interface InstallTerms extends SwapHooks, Omit<FetchTerms, 'directory'> {
  readonly directory?: string | undefined
}

/** Installs the newest version of a component, whether or not an older one is there. */
export async function installComponent(
  engine: Engine,
  slug: string,
  terms: InstallTerms,
): Promise<InstallComponentOutcome> {
  if (!isComponentSlug(slug)) return refusedComponent('unknown-component')
  const place = await placeOf(engine, slug, terms.directory)
  return exclusively(engine, place, terms.deadlineMs, () =>
    orFailed(terms.signal, () => installNewest(engine, place, terms)),
  )
}

/** The same for a component that is installed already. */
export async function updateComponent(
  engine: Engine,
  slug: string,
  terms: InstallTerms,
): Promise<InstallComponentOutcome> {
  if (!isComponentSlug(slug) || !(await recordedComponent(engine, slug))) return refusedComponent('not-installed')
  return installComponent(engine, slug, terms)
}

async function installNewest(
  engine: Engine,
  place: ComponentPlace,
  terms: InstallTerms,
): Promise<InstallComponentOutcome> {
  const before = await settle(engine, place)
  const offer = await offerFor(engine, place.slug, before?.version ?? null, questionTerms(engine, terms))
  if (offer.outcome === 'nothing-newer' && before) {
    return { outcome: 'current', component: await describe(engine, place, before) }
  }
  if (offer.outcome !== 'offered') return offer.outcome === 'nothing-newer' ? refusedComponent('not-installed') : offer

  const { release } = offer
  const folder = newFolder(engine, release.version)
  const fetched = await fetchAlone(engine, place, release, folder, terms)
  if (fetched.outcome !== 'downloaded') return fetched
  const next: InstalledComponent = {
    version: release.version,
    sha256: release.sha256,
    installedAt: engine.clock.now(),
    folder,
    directory: place.directory,
    previous: before ? withoutPrevious(before) : null,
  }
  try {
    return await installArchive(engine, place, { before, next, archive: fetched.path }, terms)
  } finally {
    await engine.componentStore.discard(fetched.path)
    await sweep(engine, place, [folder, ...(before?.previous ? [before.previous.folder] : [])])
  }
}

/** How often an archive is downloaded again that another process, without the lock, has taken. */
const fetchAttempts = 3

/** Downloads the archive for this installation alone: another process must not remove it while it is unpacked. */
async function fetchAlone(
  engine: Engine,
  place: ComponentPlace,
  release: Release,
  folder: string,
  terms: InstallTerms,
): ReturnType<typeof fetchComponent> {
  const { clock, componentStore } = engine
  const directory = componentStore.downloadDirectory(place)
  // Under a name of its own: the hub's may be in use there by an archive that a dead process has left.
  const archive = { ...release, filename: `${release.sha256}.zip` }
  for (let attempt = 0; attempt < fetchAttempts; attempt += 1) {
    const fetched = await fetchComponent(engine, archive, { ...terms, directory })
    if (fetched.outcome !== 'downloaded') return fetched
    const path = await componentStore.claim(place, fetched.path, folder)
    if (path !== undefined) return { ...fetched, path }
  }
  return deferral({ kind: 'setback', setback: { reason: 'failed-here', retryAt: clock.now() } })
}

interface Installation {
  readonly before: InstalledComponent | undefined
  readonly next: InstalledComponent
  readonly archive: string
}

async function installArchive(
  engine: Engine,
  place: ComponentPlace,
  { before, next, archive }: Installation,
  terms: InstallTerms,
): Promise<InstallComponentOutcome> {
  const fault = await engine.componentStore.unpack(place, next.folder, archive, terms.signal)
  if (fault) return unsafeArchive(fault)
  const failed = await swap(engine, place, before, next, terms)
  if (failed) return failed
  const component = await describe(engine, place, next)
  return { outcome: 'installed', component, replacedVersion: before?.version ?? null }
}

/** Removes the folders that this call has made superfluous, and what dead ones have left behind. */
async function sweep(engine: Engine, place: ComponentPlace, candidates: readonly string[]): Promise<void> {
  const current = await recordedComponent(engine, place.slug)
  const kept = [current?.folder, current?.previous?.folder].filter((folder) => folder !== undefined)
  // What stays is looked for again by the next call.
  await engine.componentStore.sweep(place, kept, candidates).catch(() => undefined)
}

function withoutPrevious({ version, sha256, installedAt, folder }: InstalledVersion): InstalledVersion {
  return { version, sha256, installedAt, folder }
}

/** A name that no other installation has, of the same version neither. A version may be as long as a path. */
function newFolder({ random }: Engine, version: string): string {
  return `${version.slice(0, 64)}-${toHex(random.bytes(8))}`
}
