const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const stagingSuffixes = ['.test', '.local', '.dev', '.staging']

/** A bare host name in lower-case ASCII: no scheme, port or path. Anything else is a client that did not normalize. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => label.test(part))
}

/** Staging domains take no slot (documented by FlavorTeam). */
export function isStagingDomain(domain: string): boolean {
  return domain === 'localhost' || stagingSuffixes.some((suffix) => domain.endsWith(suffix))
}
