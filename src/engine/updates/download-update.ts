import { installedComponent } from '../../domain/component/component.js'
import { type DownloadOutcome, refusedDownload } from '../../domain/download/download.js'
import { FlavorLicenseError } from '../../domain/errors.js'
import type { Release } from '../../domain/update/release.js'
import { isRelease } from '../../protocol/stored-release.js'
import { type DownloadTerms, downloadRelease } from '../download/download.js'
import type { Engine } from '../engine.js'

export interface UpdateDownloadTerms extends DownloadTerms {
  /** Whether the installed version, or an older one, may be downloaded too. Default false. */
  readonly allowOlder?: boolean | undefined
}

/**
 * Downloads an update. A release that is not newer than what is installed is refused unless that is asked for: an attacker,
 * or a mistake, could lead a product back to a version with a known hole (rollback).
 */
export async function downloadUpdate(
  engine: Engine,
  release: Release,
  terms: UpdateDownloadTerms,
): Promise<DownloadOutcome> {
  requireRelease(release)
  const installed = await installedVersion(engine, release.slug)
  // Comparing versions takes a library that no start of a product should pay for.
  const { isNewerVersion } = await import('../../domain/update/version-order.js')
  if (installed !== null && !terms.allowOlder && !isNewerVersion(release.version, installed)) {
    return refusedDownload('not-newer')
  }
  return downloadRelease(engine, release, terms)
}

/** A product may have kept the release as JSON, and anything may have become of that. */
function requireRelease(release: unknown): void {
  if (isRelease(release)) return
  throw new FlavorLicenseError('invalid-option', 'The release must be one that checkUpdates() has offered, unchanged.')
}

async function installedVersion({ keeper, settings }: Engine, slug: string): Promise<string | null> {
  if (slug === settings.product.slug) return settings.product.version
  const record = await keeper.load()
  return typeof record === 'string' ? null : (installedComponent(record.components, slug)?.version ?? null)
}
