import { describe, expect, it } from 'vitest'
import { isLoopback, parseHubUrl } from '../../src/domain/hub-url.js'

describe('parseHubUrl', () => {
  it.each([
    ['a URL as it is written', 'https://hub.example/api/v1', 'https://hub.example/api/v1'],
    ['case, which the issuer of a token names too', 'https://Hub.Example/API/v1', 'https://Hub.Example/API/v1'],
    ['a port', 'https://hub.example:8443/api/v1', 'https://hub.example:8443/api/v1'],
    ['no path', 'https://hub.example', 'https://hub.example'],
    ['all but trailing slashes', 'https://hub.example/api/v1///', 'https://hub.example/api/v1'],
    ['all but surrounding blanks', ' https://hub.example/api/v1/ \n', 'https://hub.example/api/v1'],
    ['http on localhost', 'http://localhost:3000/api/v1', 'http://localhost:3000/api/v1'],
    ['http on 127.0.0.1', 'http://127.0.0.1:3000/api/v1', 'http://127.0.0.1:3000/api/v1'],
    ['http on all of 127/8', 'http://127.9.8.7/api/v1', 'http://127.9.8.7/api/v1'],
    ['http on ::1', 'http://[::1]:3000/api/v1', 'http://[::1]:3000/api/v1'],
    ['an at sign in the path', 'https://hub.example/@flavor/v1', 'https://hub.example/@flavor/v1'],
  ])('keeps %s', (_what, input, url) => {
    expect(parseHubUrl(input)).toEqual({ ok: true, url })
  })

  it.each([
    ['nothing', '', 'not-a-url'],
    ['blanks', ' ', 'not-a-url'],
    ['a host alone', 'hub.example', 'not-a-url'],
    ['a scheme alone', 'https://', 'not-a-url'],
    ['http on another machine', 'http://hub.example/api/v1', 'not-https'],
    ['http on a host that only begins like loopback', 'http://127.0.0.1.evil.example/', 'not-https'],
    ['http on a host that only ends like loopback', 'http://evil-localhost/', 'not-https'],
    ['http on a subdomain of localhost', 'http://hub.localhost/', 'not-https'],
    ['http on all interfaces', 'http://0.0.0.0/', 'not-https'],
    ['another scheme', 'ftp://hub.example/api/v1', 'not-https'],
    ['another scheme on loopback', 'ws://localhost/api/v1', 'not-https'],
    ['a file', 'file:///etc/passwd', 'not-https'],
    ['a user', 'https://me@hub.example/', 'unexpected-part'],
    ['a password', 'https://:secret@hub.example/', 'unexpected-part'],
    ['a query', 'https://hub.example/api?v=1', 'unexpected-part'],
    ['an empty query, which would take up the path', 'https://hub.example/api?', 'unexpected-part'],
    ['a fragment', 'https://hub.example/api#v1', 'unexpected-part'],
    ['an empty fragment, which would take up the path', 'https://hub.example/api#', 'unexpected-part'],
    ['a line break, which URL would drop', 'https://hub.exa\nmple/api', 'unexpected-part'],
    ['a blank', 'https://hub.example/my api', 'unexpected-part'],
  ])('refuses %s', (_what, input, problem) => {
    expect(parseHubUrl(input)).toEqual({ ok: false, problem })
  })
})

describe('isLoopback', () => {
  it.each([
    ['http://localhost/', true],
    ['http://LOCALHOST/', true],
    ['http://127.1/', true],
    ['http://0x7f000001/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['http://128.0.0.1/', false],
    ['http://[::2]/', false],
    ['http://localhost.example/', false],
  ])('%s: %s', (url, expected) => {
    expect(isLoopback(new URL(url))).toBe(expected)
  })
})
