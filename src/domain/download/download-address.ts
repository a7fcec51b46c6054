import { isLoopback } from '../hub-url.js'
import { mayBePublic } from './network-address.js'

/** Where a download is sent on to. */
export interface DownloadAddress {
  readonly url: URL
  /** Whether the name may only lead to an address of the public internet. */
  readonly publicOnly: boolean
}

/** A few more than any host of files needs; a loop ends here. */
export const maxRedirects = 5

/**
 * The address that a redirect leads to, or `undefined` when it is not to be followed.
 *
 * Whoever can make the hub, or its host of files, answer with a redirect must gain nothing by it: no request into the
 * customer's own network (server-side request forgery), no downgrade to http, and no password in a URL.
 */
export function followRedirect(location: string, from: URL, hub: URL): DownloadAddress | undefined {
  if (!URL.canParse(location, from.href)) return undefined
  const url = new URL(location, from)
  url.hash = ''
  if (url.username || url.password) return undefined
  if (url.origin === hub.origin) return { url, publicOnly: false }

  const local = isLoopback(hub)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local && isLoopback(url))) return undefined
  return local || mayBePublic(url) ? { url, publicOnly: !local } : undefined
}
