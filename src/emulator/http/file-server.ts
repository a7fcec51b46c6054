import { createHash } from 'node:crypto'
import type { Artifact } from '../hub/artifact.js'
import type { Clock, DownloadOptions } from '../options.js'
import type { Exchange } from './exchange.js'
import { fileReply } from './file-reply.js'
import { textReply } from './reply.js'
import type { HttpRoute } from './route-table.js'

/** Hands out files, directly or through a short-lived URL on another host. */
export interface FileServer {
  serve(artifact: Artifact, exchange: Exchange): Response
  /** Where the short-lived URLs lead. */
  readonly route: HttpRoute
}

const defaultLifetimeMs = 60_000

export function createFileServer(options: DownloadOptions, clock: Clock, randomSeed: string): FileServer {
  const lifetimeMs = options.lifetimeMs ?? defaultLifetimeMs
  const tickets = new Map<string, { readonly artifact: Artifact; readonly endsAt: number }>()
  let issued = 0

  const issue = (artifact: Artifact): string => {
    for (const [ticket, { endsAt }] of tickets) if (endsAt <= clock.now()) tickets.delete(ticket)
    issued += 1
    const ticket = createHash('sha256').update(`${randomSeed}:${issued}`).digest('hex').slice(0, 32)
    tickets.set(ticket, { artifact, endsAt: clock.now() + lifetimeMs })
    return ticket
  }

  return {
    serve: (artifact, { request, downloadOrigin, substitute }) =>
      options.delivery === 'redirect'
        ? new Response(null, {
            status: 302,
            headers: { location: `${downloadOrigin}/files/${issue(substitute(artifact))}`, 'content-length': '0' },
          })
        : fileReply(substitute(artifact), request.headers),
    route: {
      name: 'files',
      category: null,
      method: 'GET',
      path: '/files/{ticket}',
      handle: async ({ request, substitute }, { ticket = '' }) => {
        const found = tickets.get(ticket)
        return found === undefined || found.endsAt <= clock.now()
          ? textReply(403, 'application/xml', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')
          : fileReply(substitute(found.artifact), request.headers)
      },
    },
  }
}
