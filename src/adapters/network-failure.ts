import type { NetworkFailure } from '../ports/transport.js'

/** Codes of the operating system, OpenSSL, Node and undici, or names where there is no code. The first that fits wins. */
const failures: readonly (readonly [RegExp, NetworkFailure])[] = [
  [/^(?:ENOTFOUND|EAI_\w+)$/, 'name-not-resolved'],
  [/^(?:ECONNREFUSED|EACCES|EPERM)$/, 'connection-refused'],
  [
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HTTPParserError|HPE_\w+)$/,
    'connection-lost',
  ],
  [/^(?:ETIMEDOUT|UND_ERR_\w*TIMEOUT)$/, 'timeout'],
  [/^UND_ERR_(?:HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/, 'too-large'],
  [
    /^(?:ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|CERT_\w+|CRL_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA)$/,
    'tls-failed',
  ],
]

/** What kind of failure an error of the network is, by its own code or that of an error beneath it. */
export function networkFailure(error: unknown): NetworkFailure {
  const chain = [...causes(error)]
  if (chain.some((cause) => /proxy/i.test(cause.message))) return 'proxy-failed'
  for (const { code } of chain) {
    const found = failures.find(([pattern]) => pattern.test(code))
    if (found) return found[1]
  }
  return 'network-failed'
}

interface Cause {
  readonly code: string
  readonly message: string
}

/** The error, what it wraps, and what an AggregateError (several addresses of one name) holds. Bounded against loops. */
function* causes(error: unknown, depth = 0): Generator<Cause> {
  if (!(error instanceof Error) || depth > 5) return
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  yield { code, message: error.message }
  if (error instanceof AggregateError) for (const inner of error.errors) yield* causes(inner, depth + 1)
  yield* causes(error.cause, depth + 1)
}
