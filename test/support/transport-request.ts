import type { TransportRequest } from '../../src/ports/transport.js'

/** What a request's body holds in these tests, to be looked for where it must not be. */
export const secret = 'FLVR-ABCD-EFGH-IJKL-MNOP'

export function transportRequest(url: string, overrides: Partial<TransportRequest> = {}): TransportRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify({ license_key: secret })),
    deadlineMs: 5_000,
    maxBytes: 64 * 1024,
    ...overrides,
  }
}
