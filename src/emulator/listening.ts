import type { FileRequestLog } from './file-requests.js'
import type { Handler } from './http/handler.js'
import { type ListenAddress, listen } from './http/listen.js'
import { jsonReply } from './http/reply.js'
import type { EmulatorOptions } from './options.js'

/** A hub that can be reached over HTTP. */
export interface Listening {
  /** What a client takes as the hub's URL: `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string
  readonly port: number
  /** Stops listening and breaks what is under way; the state stays. Safe to call twice. */
  close(): Promise<void>
}

/** Serves the hub on one port and, where downloads are redirected to another host, the files on a second one. */
export async function startListening(
  address: ListenAddress,
  handler: Handler,
  fileRequests: FileRequestLog,
  mountPath: string,
  options: Pick<EmulatorOptions, 'baseUrl' | 'downloads'>,
): Promise<Listening> {
  const separateFiles = options.downloads?.delivery === 'redirect' && options.downloads.origin === undefined
  const files = separateFiles
    ? await listenForFiles(options.downloads?.host ?? address.host, handler, fileRequests)
    : undefined
  const hub = await listen(address, (request, remoteAddress, origin) =>
    handler(request, {
      remoteAddress,
      issuer: options.baseUrl ?? `${origin}${mountPath}`,
      downloadOrigin: options.downloads?.origin ?? files?.origin ?? origin,
    }),
  ).catch(async (error: unknown) => {
    await files?.close()
    throw error
  })
  return {
    url: `${hub.origin}${mountPath}`,
    port: hub.port,
    close: async () => {
      await Promise.all([hub.close(), files?.close()])
    },
  }
}

/** A host that has files and nothing else: a license key that is sent here has gone to the wrong place. */
async function listenForFiles(host: string, handler: Handler, log: FileRequestLog): ReturnType<typeof listen> {
  const server = await listen({ port: 0, host }, async (request, remoteAddress, origin) => {
    await log.add(request)
    return new URL(request.url).pathname.startsWith('/files/')
      ? handler(request, { remoteAddress, issuer: origin, downloadOrigin: origin })
      : jsonReply(404, { detail: 'Not Found' })
  })
  // By the name that was given: to a client, localhost and 127.0.0.1 are two hosts.
  return { ...server, origin: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}` }
}
