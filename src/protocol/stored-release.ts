import type { Release } from '../domain/update/release.js'
import { isVersion } from '../domain/update/version.js'
import { isBoolean, isCount, isSha256Hex, isString, isText, isTime, nullable, objectOf, type Shape } from './shape.js'

export const isVersionText: Shape<string> = (value): value is string => isString(value) && isVersion(value)

/** A release as it was kept: on disk, or by the product that got it from an update check. */
export const isRelease: Shape<Release> = objectOf<Release>({
  slug: isText,
  version: isText,
  releasedAt: isTime,
  channel: isText,
  changelogUrl: nullable(isText),
  requiresProduct: nullable(isText),
  mandatory: isBoolean,
  size: isCount,
  sha256: isSha256Hex,
  filename: isText,
  issuedAt: nullable(isTime),
  token: nullable(isString),
})
