import compare from 'semver/functions/compare.js'
import { isVersion } from './version.js'

/** Whether a version comes after another one. What is no version comes after none. */
export function isNewerVersion(version: string, other: string): boolean {
  return isVersion(version) && compare(version, other) > 0
}
