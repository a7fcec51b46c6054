import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryTokenStore } from '../../src/adapters/memory-token-store.js'
import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeRandom } from '../../src/adapters/node-random.js'
import type { PortalClientOptions } from '../../src/portal/options.js'
import { composePortalClient, type PortalClient, type PortalPorts } from '../../src/portal/portal-client.js'
import { readPortalSettings } from '../../src/portal/settings.js'
import type { Transport, TransportRequest, TransportResult } from '../../src/ports/transport.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'

export const hubUrl = 'https://hub.example/api/v1'
export const apiKeyAuth: { readonly apiKey: string } = { apiKey: `fh_live_${'0123456789'.repeat(4)}` }
export const passwordAuth: { readonly email: string; readonly password: string } = {
  email: 'shop@example.com',
  password: 'correct horse',
}

export interface PortalUnderTest extends PortalClient {
  readonly clock: ManualClock
}

/** A portal client whose every input is under the test's control. */
export function portalUnderTest(
  options: PortalClientOptions,
  ports: Pick<PortalPorts, 'transport'> & Partial<Omit<PortalPorts, 'clock'>> & { readonly clock?: ManualClock },
): PortalUnderTest {
  // Whoever waits for a place moves the time: nobody else would.
  const clock = ports.clock ?? manualClock({ selfWinding: true })
  const settings = readPortalSettings({ ...options, hub: { url: hubUrl, ...options.hub } })
  const client = composePortalClient(settings, {
    random: { ...nodeRandom, fraction: () => 0 },
    hash: nodeHash,
    ledger: memoryLedgerStore(),
    tokens: memoryTokenStore(),
    ...ports,
    clock,
  })
  return { ...client, clock }
}

export interface AskedRequest {
  readonly method: string
  /** Below the hub's base URL. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** `undefined` where there is none. */
  readonly body: unknown
}

export type ScriptedReply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | Extract<TransportResult, { ok: false }>['reason']

export interface ScriptedHub extends Omit<Transport, 'stream'> {
  readonly asked: AskedRequest[]
  /** What was asked, as `POST /portal/licenses`, in order. */
  readonly lines: () => readonly string[]
}

/** A hub that answers as a test says, in memory. */
export function scriptedHub(answer: (request: AskedRequest) => ScriptedReply | Promise<ScriptedReply>): ScriptedHub {
  const asked: AskedRequest[] = []
  return {
    asked,
    lines: () => asked.map(({ method, target }) => `${method} ${target}`),
    async send(request) {
      const seen = seenRequest(request)
      asked.push(seen)
      return toResult(await answer(seen))
    },
    describe: () => ({ client: 'fetch', proxyVariables: [], extraCertificates: false, certificatesVerified: true }),
    close: async () => undefined,
  }
}

function seenRequest({ method, url, headers, body }: TransportRequest): AskedRequest {
  const text = body && new TextDecoder().decode(body)
  return { method, target: url.replace(hubUrl, ''), headers, body: text ? JSON.parse(text) : undefined }
}

function toResult(reply: ScriptedReply): TransportResult {
  if (typeof reply === 'string') return { ok: false, reason: reply, cause: undefined }
  const { status, body, headers = {} } = reply
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
  return {
    ok: true,
    response: { status, headers: { 'content-type': 'application/json', ...headers }, body: bytes },
  }
}
