import type { TransportDescription } from '../ports/transport.js'

/** The variables by which a user names a proxy. Everything else about the environment is left to the caller. */
const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const

export function proxyVariables(): readonly string[] {
  return proxyNames.filter((name) => process.env[name])
}

/** What the environment does to the network of this process. */
export function describeNetwork(client: TransportDescription['client']): TransportDescription {
  return {
    client,
    proxyVariables: proxyVariables(),
    extraCertificates: Boolean(process.env['NODE_EXTRA_CA_CERTS']),
    certificatesVerified: process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0',
  }
}
