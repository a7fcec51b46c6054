import { describe, expect, it } from 'vitest'
import { networkFailure } from '../../src/adapters/network-failure.js'

const withCode = (code: string): Error => Object.assign(new Error('failed'), { code })
const named = (name: string): Error => Object.assign(new Error('failed'), { name })

describe('networkFailure', () => {
  it.each([
    ['ENOTFOUND', 'name-not-resolved'],
    ['EAI_AGAIN', 'name-not-resolved'],
    ['ECONNREFUSED', 'connection-refused'],
    ['EPERM', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['UND_ERR_SOCKET', 'connection-lost'],
    ['HPE_INVALID_CONSTANT', 'connection-lost'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-failed'],
    ['CERT_HAS_EXPIRED', 'tls-failed'],
    ['CERT_NOT_YET_VALID', 'tls-failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['EPROTO', 'tls-failed'],
    ['ENETUNREACH', 'network-failed'],
    ['EHOSTUNREACH', 'network-failed'],
    ['ERR_SOMETHING_OF_THE_FUTURE', 'network-failed'],
  ])('takes %s for %s', (code, failure) => {
    expect(networkFailure(withCode(code))).toBe(failure)
  })

  it('knows an answer that is not HTTP by the name of the error', () => {
    expect(networkFailure(named('HTTPParserError'))).toBe('connection-lost')
  })

  it('looks beneath what wraps the error', () => {
    const inner = withCode('ECONNREFUSED')
    expect(networkFailure(new TypeError('fetch failed', { cause: inner }))).toBe('connection-refused')
    expect(networkFailure(new AggregateError([inner, withCode('ENETUNREACH')]))).toBe('connection-refused')
  })

  it('blames the proxy where the error speaks of one', () => {
    const cause = withCode('ECONNREFUSED')
    expect(networkFailure(new Error('The proxy did not open a tunnel.', { cause }))).toBe('proxy-failed')
  })

  it.each([[undefined], ['text'], [{ code: 'ENOTFOUND' }], [new Error('')]])(
    'takes %s for a failure like any',
    (error) => {
      expect(networkFailure(error)).toBe('network-failed')
    },
  )

  it('ends on an error that is its own cause', () => {
    const error = new Error('round')
    error.cause = error
    expect(networkFailure(error)).toBe('network-failed')
  })
})
