/** Blocks of IPv4 that are not the public internet (IANA special-purpose registry): first address and prefix length. */
const specialBlocks: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

const dottedQuad = /^\d{1,3}(?:\.\d{1,3}){3}$/

/**
 * Whether an IP address is one of the public internet. What is no address is not. An IPv6 address that stands for an
 * IPv4 one is judged as that: it would be a way around.
 */
export function isPublicAddress(address: string): boolean {
  if (dottedQuad.test(address)) return isPublicIpv4(toNumber(address))
  const groups = parseIpv6(address)
  const [first, second] = groups
  if (first === undefined || second === undefined) return false
  const embedded = groups.slice(6).reduce((sum, group) => sum * 65_536 + group, 0)
  // IPv4-mapped addresses, and those by which a network without IPv4 reaches it (NAT64).
  if (hasPrefix(groups, [0, 0, 0, 0, 0, 0xffff]) || hasPrefix(groups, [0x64, 0xff9b, 0, 0, 0, 0])) {
    return isPublicIpv4(embedded)
  }
  // Of the global unicast block, not Teredo and its neighbors, documentation, and 6to4, which holds an IPv4 address.
  const isGlobal = first >= 0x2000 && first < 0x4000
  return isGlobal && !(first === 0x2001 && (second < 0x200 || second === 0xdb8)) && first !== 0x2002
}

function isPublicIpv4(address: number): boolean {
  return !specialBlocks.some(([start, prefix]) => {
    const size = 2 ** (32 - prefix)
    return Math.floor(address / size) === Math.floor(toNumber(start) / size)
  })
}

function toNumber(quad: string): number {
  return quad.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function hasPrefix(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, index) => groups[index] === group)
}

/** The eight groups of an IPv6 address, or none; a zone belongs to one link and makes it no address here. */
function parseIpv6(address: string): readonly number[] {
  const hexadecimal = address.replace(/(?<=:)\d{1,3}(?:\.\d{1,3}){3}$/, (quad) => {
    const value = toNumber(quad)
    return `${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`
  })
  if (!/^(?!.*::.*::)(?:[0-9a-f]{0,4}:)+[0-9a-f]{0,4}$/i.test(hexadecimal)) return []
  const [before = [], after] = hexadecimal.split('::').map((half) => half.split(':').filter(Boolean))
  const missing = 8 - before.length - (after?.length ?? 0)
  if (missing < 0 || (!after && missing !== 0)) return []
  return [...before, ...Array.from({ length: missing }, () => '0'), ...(after ?? [])].map((group) =>
    Number.parseInt(group, 16),
  )
}

/** Names that lead to this machine or its own network, in whichever way it is set up. */
const privateName = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/

/**
 * Whether the host of a URL can be a public one as far as its name tells. A name that leads to a private address all the
 * same is found out only when it is looked up.
 */
export function mayBePublic({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, '')
  if (name.startsWith('[')) return isPublicAddress(name.slice(1, -1))
  if (dottedQuad.test(name)) return isPublicAddress(name)
  // A name of one label is completed by the network that the machine is in.
  return name.includes('.') && !privateName.test(name)
}
