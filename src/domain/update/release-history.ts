import compare from 'semver/functions/compare.js'
import { clockToleranceMs } from '../license/clock-guard.js'
import type { Milestone } from './update-news.js'
import { isVersion } from './version.js'

/**
 * Whether the hub says less than it has said before: a latest version that is lower (rollback), or a signature that is
 * older (freeze). Then somebody shows us an old answer to keep a fixed version from us, or back from one. A hub with
 * several servers may sign with clocks that differ a little.
 */
export function goesBack(milestone: Milestone | undefined, told: Milestone): boolean {
  if (!milestone) return false
  if (isVersion(told.version) && compare(told.version, milestone.version) < 0) return true
  const { issuedAt } = milestone
  return issuedAt !== null && told.issuedAt !== null && told.issuedAt < issuedAt - clockToleranceMs
}

/** How far the hub is, seen from what it has said before and says now. */
export function furthest(milestone: Milestone | undefined, told: Milestone): Milestone | undefined {
  if (!isVersion(told.version)) return milestone
  if (!milestone) return told
  const version = compare(told.version, milestone.version) > 0 ? told.version : milestone.version
  const issuedAt = [milestone.issuedAt, told.issuedAt].filter((time) => time !== null)
  return { version, issuedAt: issuedAt.length > 0 ? Math.max(...issuedAt) : null }
}
