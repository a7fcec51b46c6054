import { describe, expect, it } from 'vitest'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { encodeBase64Url } from '../../src/protocol/base64url.js'
import { type JwsExpectation, openJws, sealJws } from '../../src/protocol/jws.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  formerKey,
  headerText,
  hubKey,
  pinnedKeys,
  publicKeyOf,
  sealText,
  seedOf,
  strangerKey,
} from './tokens-under-test.js'

const expected: JwsExpectation = { type: tokenType.license, keys: pinnedKeys, verify: nodeSignature.verify }
const payload = '{"word":"yes"}'
const token = sealText(headerText(tokenType.license), payload)
const [header = '', body = '', signature = ''] = token.split('.')

const problemOf = (compact: string, of: JwsExpectation = expected) => {
  const opened = openJws(compact, of)
  return opened.ok ? undefined : opened.problem
}
const text = (value: string) => encodeBase64Url(new TextEncoder().encode(value))

describe('a token signed by a pinned key', () => {
  it('opens to its payload, byte by byte', () => {
    const opened = openJws(token, expected)
    expect(opened).toEqual({ ok: true, payload: new TextEncoder().encode(payload), keyId: 'k2' })
  })

  it.each([hubKey, formerKey])('opens under each of several keys', (key) => {
    const compact = sealText(headerText(tokenType.license, key.keyId), payload, key)
    expect(openJws(compact, expected)).toMatchObject({ ok: true, keyId: key.keyId })
  })

  it('is what sealJws makes', () => {
    const made = sealJws(tokenType.license, hubKey.keyId, { word: 'yes' }, (message) =>
      nodeSignature.sign(seedOf(hubKey), message),
    )
    expect(made).toBe(token)
  })

  it('may have any payload: what it means is for others to read', () => {
    for (const any of ['', 'not JSON', '[]', '\uFEFF{}']) {
      expect(problemOf(sealText(headerText(tokenType.license), any))).toBeUndefined()
    }
  })

  it('may name its header parameters in any order', () => {
    expect(problemOf(sealText('{ "typ": "flavor-license+jwt", "kid": "k2", "alg": "EdDSA" }', payload))).toBeUndefined()
  })
})

describe('the header', () => {
  const typ = tokenType.license
  const plain = { alg: 'EdDSA', kid: 'k2', typ }

  it.each([
    ['no algorithm', { ...plain, alg: 'none' }],
    ['no algorithm, in capitals', { ...plain, alg: 'NONE' }],
    ['HMAC, with the public key for a secret', { ...plain, alg: 'HS256' }],
    ['ECDSA', { ...plain, alg: 'ES256' }],
    ['RSA', { ...plain, alg: 'RS256' }],
    ['the algorithm in lower case', { ...plain, alg: 'eddsa' }],
    ['the algorithm by its newer name', { ...plain, alg: 'Ed25519' }],
    ['the other Edwards curve', { ...plain, alg: 'Ed448' }],
    ['the algorithm in a list', { ...plain, alg: ['EdDSA'] }],
    ['no algorithm at all', { kid: 'k2', typ }],
    ['no key id', { alg: 'EdDSA', typ }],
    ['no type', { alg: 'EdDSA', kid: 'k2' }],
    ['a key id that is a number', { ...plain, kid: 2 }],
    ['a critical extension', { ...plain, crit: ['exp'], exp: 1 }],
    ['an empty list of critical extensions', { ...plain, crit: [] }],
    ['an unencoded payload', { ...plain, b64: false, crit: ['b64'] }],
    ['a key of its own', { ...plain, jwk: { kty: 'OKP', crv: 'Ed25519', x: strangerKey.publicKey } }],
    ['a place to get a key from', { ...plain, jku: 'https://elsewhere.example/keys' }],
    ['a certificate', { ...plain, x5c: ['MIIB'] }],
    ['a certificate to get', { ...plain, x5u: 'https://elsewhere.example/cert' }],
    ['compression', { ...plain, zip: 'DEF' }],
    ['a content type', { ...plain, cty: 'JWT' }],
    ['a name of every object', { ...plain, toString: 'x' }],
  ])('may not hold %s, under a good signature', (_, wrong) => {
    expect(problemOf(sealText(JSON.stringify(wrong), payload))).toBe('unsupported-header')
  })

  it.each([
    ['is no JSON', '{alg:EdDSA}'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['is a text', '"EdDSA"'],
    ['begins with a byte order mark', `\uFEFF${headerText(typ)}`],
    ['names its algorithm twice', '{"alg":"none","alg":"EdDSA","kid":"k2","typ":"flavor-license+jwt"}'],
    ['names its key twice', '{"alg":"EdDSA","kid":"k3","kid":"k2","typ":"flavor-license+jwt"}'],
    ['reaches for the prototype', '{"alg":"EdDSA","kid":"k2","typ":"flavor-license+jwt","__proto__":{"crit":[]}}'],
    ['leaves its algorithm to the prototype', '{"kid":"k2","typ":"flavor-license+jwt","__proto__":{"alg":"EdDSA"}}'],
  ])('is refused when it %s', (_, wrong) => {
    expect(problemOf(sealText(wrong, payload))).toBe('unsupported-header')
  })

  it.each([
    tokenType.offlineLicense,
    tokenType.release,
    tokenType.record,
    'JWT',
    'application/flavor-license+jwt',
    'FLAVOR-LICENSE+JWT',
    '',
  ])('may not be of type %j where a license is expected', (other) => {
    expect(problemOf(sealText(headerText(other), payload))).toBe('wrong-type')
  })

  it.each(['k3', '', 'K2', 'k2 ', '__proto__', 'constructor'])('may not name the unknown key %j', (kid) => {
    expect(problemOf(sealText(headerText(typ, kid), payload))).toBe('unknown-key')
  })
})

describe('the signature', () => {
  it('of an unknown key is refused under any name', () => {
    expect(problemOf(sealText(headerText(tokenType.license, 'k3'), payload, strangerKey))).toBe('unknown-key')
    expect(problemOf(sealText(headerText(tokenType.license, 'k2'), payload, strangerKey))).toBe('bad-signature')
  })

  it('of one pinned key is refused under the name of another', () => {
    expect(problemOf(sealText(headerText(tokenType.license, 'k1'), payload, hubKey))).toBe('bad-signature')
  })

  it('is refused when the key is pinned no longer', () => {
    const rotated = new Map([[formerKey.keyId, publicKeyOf(formerKey)]])
    expect(problemOf(token, { ...expected, keys: rotated })).toBe('unknown-key')
    expect(problemOf(token, { ...expected, keys: new Map() })).toBe('unknown-key')
  })

  it('of one message does not hold for another', () => {
    const [otherHeader, otherBody] = sealText(headerText(tokenType.license), '{"word":"no"}').split('.')
    expect(problemOf(`${otherHeader}.${otherBody}.${signature}`)).toBe('bad-signature')
  })

  it.each([
    ['half', signature.slice(0, 43)],
    ['a byte short', encodeBase64Url(Buffer.from(signature, 'base64url').subarray(0, 63))],
    ['a byte long', encodeBase64Url(Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)]))],
    ['zeros', encodeBase64Url(new Uint8Array(64))],
  ])('is refused when it is %s', (_, wrong) => {
    expect(problemOf(`${header}.${body}.${wrong}`)).toMatch(/^(?:bad-signature|malformed)$/)
  })

  it('covers the spelling, not the meaning: another spelling of the same header is refused', () => {
    const spaced = text('{ "alg": "EdDSA", "kid": "k2", "typ": "flavor-license+jwt" }')
    expect(problemOf(`${spaced}.${body}.${signature}`)).toBe('bad-signature')
  })
})

describe('the compact form', () => {
  it.each([
    ['nothing', ''],
    ['one part', header],
    ['two parts', `${header}.${body}`],
    ['four parts', `${token}.${signature}`],
    ['five parts, as an encrypted token has', `${header}..${body}.${signature}.${signature}`],
    ['only dots', '..'],
    ['no header', `.${body}.${signature}`],
    ['no signature', `${header}.${body}.`],
    ['a detached payload', `${header}.${body}.${signature}`.replace(`.${body}.`, '...')],
    ['padding', `${header}=.${body}.${signature}`],
    ['padding at the payload', `${header}.${body}=.${signature}`],
    ['padding at the signature', `${header}.${body}.${signature}==`],
    ['the other alphabet', `${header}.${body}.${signature.replace(/[-_]/, '+')}+`],
    ['a leading blank', ` ${token}`],
    ['a trailing line break', `${token}\n`],
    ['a zero', `${token}\0`],
    ['JSON', JSON.stringify({ payload: body, signature, protected: header })],
  ])('is refused with %s', (_, compact) => {
    expect(problemOf(compact)).toBe('malformed')
  })

  it('is refused in a second spelling of the same signature', () => {
    // Of the last character only the first two bits count.
    const stray = String.fromCharCode(signature.charCodeAt(85) + 1)
    const respelled = `${signature.slice(0, -1)}${stray}`
    expect(Buffer.from(respelled, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    expect(problemOf(`${header}.${body}.${respelled}`)).toBe('malformed')
  })

  it('is refused above 128 KiB before anything is decoded, and opened below', () => {
    const of = (length: number) => sealText(headerText(tokenType.license), 'x'.repeat(length))
    const room = Math.floor(((128 * 1024 - header.length - signature.length - 2) * 3) / 4)
    expect(problemOf(of(room))).toBeUndefined()
    expect(problemOf(of(room + 2))).toBe('malformed')
    const verify = () => {
      throw new Error('An oversized token has reached the library.')
    }
    expect(problemOf(of(1_000_000), { ...expected, verify })).toBe('malformed')
  })
})
