import compare from 'semver/functions/compare.js'
import satisfies from 'semver/functions/satisfies.js'
import type { Release } from './release.js'
import { isVersion } from './version.js'

/**
 * - `newer`: an update.
 * - `not-newer`: the same version, an older one, or something that is no version.
 * - `product-version`: newer, but made for another version of the product.
 */
export type OfferJudgement = 'newer' | 'not-newer' | 'product-version'

/**
 * What an offer is worth to whoever has `installedVersion`, which is `null` where nothing is installed. Whatever the hub
 * says, an older or equal version is never an update: otherwise an attacker, or a mistake at the hub, could lead a
 * product back to a version with a known hole (rollback).
 */
export function judgeOffer(offered: Release, installedVersion: string | null, productVersion: string): OfferJudgement {
  if (!isVersion(offered.version)) return 'not-newer'
  if (installedVersion !== null && compare(offered.version, installedVersion) <= 0) return 'not-newer'
  const { requiresProduct } = offered
  const fits = requiresProduct === null || satisfies(productVersion, requiresProduct, { includePrerelease: true })
  return fits ? 'newer' : 'product-version'
}

/** The release of the product itself to offer, or `null`. */
export function chooseUpdate(currentVersion: string, offered: Release | null): Release | null {
  return offered && judgeOffer(offered, currentVersion, currentVersion) === 'newer' ? offered : null
}
