import type { LookupAddress, LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from '../domain/download/network-address.js'

type Look = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A lookup for connecting that yields public addresses alone. It stands where the connection is made, since a name that
 * was looked up before may lead elsewhere by then (DNS rebinding).
 */
export function publicLookupBy(look: Look): LookupFunction {
  return (hostname, options, callback) => {
    look(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const [first, ...others] = found.filter(({ address }) => isPublicAddress(address))
      if (!first) return callback(notPublic(hostname), '')
      if (options.all) return callback(null, [first, ...others])
      callback(null, first.address, first.family)
    })
  }
}

/** node:dns is loaded when a name is first looked up. */
export const publicLookup: LookupFunction = publicLookupBy((...question) =>
  process.getBuiltinModule('node:dns').lookup(...question),
)

/** To the customer, a name without a public address is a name that cannot be found. */
function notPublic(hostname: string): NodeJS.ErrnoException {
  const error = new Error(`The name ${hostname} leads to no address of the public internet.`)
  return Object.assign(error, { code: 'ENOTFOUND' })
}
