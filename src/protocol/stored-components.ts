import type { InstalledComponent, InstalledComponents, InstalledVersion } from '../domain/component/component.js'
import { isProductSlug } from '../domain/license/product-slug.js'
import { isSha256Hex, isString, isText, isTime, nullable, objectOf, type Shape } from './shape.js'
import { isVersionText } from './stored-release.js'

/** Part of a path. The record is signed, but a name that leads elsewhere has no business in it. */
const isFolder: Shape<string> = (value): value is string =>
  isString(value) && /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,127}$/.test(value)

const versionMembers = { version: isVersionText, sha256: isSha256Hex, installedAt: isTime, folder: isFolder }

const isComponent = objectOf<InstalledComponent>(
  {
    ...versionMembers,
    directory: isText,
    previous: nullable(objectOf<InstalledVersion>(versionMembers)),
    onTrial: (value): value is true => value === true,
  },
  ['onTrial'],
)

/** What a record says is installed; nothing where it cannot be read, which must not cost the license. */
export function readStoredComponents(value: unknown): InstalledComponents {
  return isComponents(value) ? value : {}
}

const isComponents: Shape<InstalledComponents> = (value): value is InstalledComponents =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([slug, component]) => isProductSlug(slug) && isComponent(component))
