/** A request to the host of files, as it came: with all its headers, and nothing masked. */
export interface FileRequest {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the host of files was sent. It is another company's server: a license key in here has leaked. */
export interface FileRequestLog {
  readonly entries: readonly FileRequest[]
  add(request: Request): Promise<void>
  clear(): void
}

export function createFileRequestLog(): FileRequestLog {
  const entries: FileRequest[] = []
  return {
    entries,
    add: async (request) => {
      const { method, url } = request
      const body = await request.clone().text()
      entries.push({ method, url, headers: Object.fromEntries(request.headers), body })
    },
    clear: () => {
      entries.length = 0
    },
  }
}
