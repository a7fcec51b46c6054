import compare from 'semver/functions/compare.js'
import satisfies from 'semver/functions/satisfies.js'
import type { Release } from './release.js'
import { isVersion } from './version.js'

/**
 * The release to offer, or `null`. Whatever the hub says, an older or equal version is never an update: otherwise an
 * attacker, or a mistake at the hub, could lead a product back to a version with a known hole (rollback).
 */
export function chooseUpdate(currentVersion: string, offered: Release | null): Release | null {
  if (!offered || !isVersion(offered.version)) return null
  if (compare(offered.version, currentVersion) <= 0) return null
  const { requiresProduct } = offered
  const fits = requiresProduct === null || satisfies(currentVersion, requiresProduct, { includePrerelease: true })
  return fits ? offered : null
}
