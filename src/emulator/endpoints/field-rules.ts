import { valid } from 'semver'
import type { FieldRule } from '../http/validation.js'
import { isHostName } from '../hub/host-name.js'
import { channels } from '../hub/release.js'

/** A client sends a domain in its normal form; one that did not normalize is told so. */
export const domainRule: FieldRule = {
  field: 'domain',
  message: 'domain must be a bare host name in lower case',
  holds: (value) => typeof value === 'string' && isHostName(value),
}

export const slugRule: FieldRule = {
  field: 'product_slug',
  message: 'product_slug must be lower-case letters, digits and dashes',
  holds: (value) => typeof value === 'string' && /^[a-z0-9-]+$/.test(value),
}

export const channelRule: FieldRule = {
  field: 'channel',
  message: `channel must be ${channels.join(' or ')}`,
  holds: (value) => channels.some((channel) => channel === value),
}

export const installedRule: FieldRule = {
  field: 'installed',
  message: 'installed must hold semantic versions',
  holds: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isVersion),
}

export const versionRule = (field: string): FieldRule => ({
  field,
  message: `${field} must be a semantic version`,
  holds: isVersion,
})

function isVersion(value: unknown): boolean {
  return typeof value === 'string' && valid(value) !== null
}
