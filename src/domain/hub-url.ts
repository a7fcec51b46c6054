export type HubUrlProblem = 'not-a-url' | 'not-https' | 'unexpected-part'

export type HubUrlResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: HubUrlProblem }

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether a URL's host can only be this machine. */
export function isLoopback(url: URL): boolean {
  return loopbackHost.test(url.hostname)
}

/**
 * The hub's base URL, kept as it was written but for trailing slashes: tokens name their issuer by this exact string,
 * and paths are appended to it.
 *
 * Only https, since the license key travels in the request; http on loopback, where nobody can listen, for emulators.
 */
export function parseHubUrl(input: string): HubUrlResult {
  const written = input.trim().replace(/\/+$/, '')
  if (!URL.canParse(written)) return { ok: false, problem: 'not-a-url' }
  const url = new URL(written)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    return { ok: false, problem: 'not-https' }
  }
  // Looked for in the text: to a URL, an empty query or fragment is none, but the paths appended would end up in it.
  if (url.username || url.password || /[\s?#]/.test(written)) return { ok: false, problem: 'unexpected-part' }
  return { ok: true, url: written }
}
