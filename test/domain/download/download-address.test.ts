import { describe, expect, it } from 'vitest'
import { followRedirect } from '../../../src/domain/download/download-address.js'

const hub = new URL('https://hub.example.com/api/v1')
const localHub = new URL('http://127.0.0.1:8787/api/v1')
const route = (base: URL) => new URL(`${base}/update/download`)
const follow = (location: string, base = hub) => followRedirect(location, route(base), base)

describe('a redirect of a download', () => {
  it.each([
    [
      'to a host of files',
      'https://cdn.example.net/f.zip?signature=x',
      'https://cdn.example.net/f.zip?signature=x',
      true,
    ],
    ['to a public address', 'https://93.184.216.34/f.zip', 'https://93.184.216.34/f.zip', true],
    ['to another port of the hub', 'https://hub.example.com:8443/f.zip', 'https://hub.example.com:8443/f.zip', true],
    ['to a path of the hub', '/files/f.zip', 'https://hub.example.com/files/f.zip', false],
    ['beside the route', 'f.zip', 'https://hub.example.com/api/v1/update/f.zip', false],
    ['with a fragment, which no server sees', '/f.zip#part', 'https://hub.example.com/f.zip', false],
    ['without a scheme', '//cdn.example.net/f.zip', 'https://cdn.example.net/f.zip', true],
  ])('is followed %s', (_where, location, href, publicOnly) => {
    expect(follow(location)).toEqual({ url: new URL(href), publicOnly })
  })

  it.each([
    ['to http', 'http://cdn.example.net/f.zip'],
    ['to http at the hub', 'http://hub.example.com/f.zip'],
    ['to this machine', 'https://localhost/f.zip'],
    ['to this machine by its address', 'https://127.0.0.1/f.zip'],
    ['to this machine by a number', 'https://2130706433/f.zip'],
    ['to this machine in the guise of IPv6', 'https://[::ffff:7f00:1]/f.zip'],
    ['to the network of the customer', 'https://192.168.1.1/admin'],
    ['to a name of that network', 'https://router.local/admin'],
    ['to the secrets of a cloud', 'https://169.254.169.254/latest/meta-data'],
    ['with a password', 'https://user:secret@cdn.example.net/f.zip'],
    ['with a user', 'https://user@hub.example.com/f.zip'],
    ['to a file', 'file:///etc/passwd'],
    ['to data', 'data:text/plain,hello'],
    ['to nowhere', 'https://'],
  ])('is not followed %s', (_where, location) => {
    expect(follow(location)).toBeUndefined()
  })

  it.each([
    ['http', 'http://127.0.0.1:9999/f.zip'],
    ['http by name', 'http://localhost:9999/f.zip'],
    ['a private network', 'https://192.168.1.1/f.zip'],
  ])('of a hub on this machine may lead to %s', (_where, location) => {
    expect(follow(location, localHub)).toEqual({ url: new URL(location), publicOnly: false })
  })

  it('of a hub on this machine does not lead to http elsewhere', () => {
    expect(follow('http://cdn.example.net/f.zip', localHub)).toBeUndefined()
  })
})
