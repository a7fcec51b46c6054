import nacl from 'tweetnacl'
import { describe, expect, it, vi } from 'vitest'
import { loadSignature, passesKnownAnswer } from '../../src/adapters/load-signature.js'
import { machineSignature } from '../../src/adapters/machine-signature.js'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { type SignatureLibrary, strictSignature } from '../../src/adapters/strict-signature.js'
import { loadTweetnaclSignature } from '../../src/adapters/tweetnacl-signature.js'
import type { Signature } from '../../src/ports/signature.js'
import { caseKinds, signatureCases } from './signature-cases.js'
import { addPoints, decodePoint, encodePoint, smallOrderEncodings, torsion } from './signature-curve.js'
import { tally } from './signature-tally.js'
import { edgeCases, signingVectors } from './signature-vectors.js'

const tweetnaclSignature = await loadTweetnaclSignature()
const implementations: readonly [string, Signature][] = [
  ['node:crypto', nodeSignature],
  ['tweetnacl', tweetnaclSignature],
]

/** Says yes to everything, so that only the rules in front of a library can say no. */
const credulous: SignatureLibrary = {
  verify: () => true,
  sign: () => new Uint8Array(64),
  publicKey: () => new Uint8Array(32),
}
const broken: SignatureLibrary = {
  verify: () => {
    throw new Error('no Ed25519 here')
  },
  sign: () => {
    throw new Error('no Ed25519 here')
  },
  publicKey: () => {
    throw new Error('no Ed25519 here')
  },
}

describe.each(implementations)('Ed25519 by %s', (_, signature) => {
  it.each(signingVectors)('makes and accepts the signature of $kind', (vector) => {
    expect(signature.publicKey(vector.seed)).toEqual(vector.publicKey)
    expect(signature.sign(vector.seed, vector.message)).toEqual(vector.signature)
    expect(signature.verify(vector.publicKey, vector.message, vector.signature)).toBe(true)
    expect(signature.verifyOwn(vector.seed, vector.message, vector.signature)).toBe(true)
  })

  it.each(signingVectors)('does not take for its own what differs from the signature of $kind', (vector) => {
    const { seed, message, signature: own } = vector
    const changed = [0, 31, 32, 63].map((position) => own.map((byte, at) => (at === position ? byte ^ 1 : byte)))
    const others = [...changed, own.subarray(1), new Uint8Array(), Uint8Array.from([...own, 0])]
    expect(others.filter((other) => signature.verifyOwn(seed, message, other))).toEqual([])
    expect(signature.verifyOwn(seed, Uint8Array.from([...message, 0]), own)).toBe(false)
    expect(
      signature.verifyOwn(
        seed.map((byte) => byte ^ 1),
        message,
        own,
      ),
    ).toBe(false)
    expect(signature.verifyOwn(seed.subarray(1), message, own)).toBe(false)
  })

  it.each(edgeCases)('judges the published edge case $kind as the strict rules do', (edgeCase) => {
    expect(signature.verify(edgeCase.publicKey, edgeCase.message, edgeCase.signature)).toBe(edgeCase.valid)
  })

  it.each(caseKinds)('judges rightly: %s', (kind) => {
    const cases = signatureCases('by kind', caseKinds.length * 3).filter((one) => one.kind === kind)
    expect(tally(signature, cases)).toMatchObject({ cases: 3, wrongAccepts: 0, wrongRejects: 0 })
  })

  it.each([0, 31, 33, 64])('refuses a seed of %i bytes', (length) => {
    const seed = new Uint8Array(length)
    expect(() => signature.sign(seed, new Uint8Array())).toThrow(RangeError)
    expect(() => signature.publicKey(seed)).toThrow(RangeError)
  })

  it('passes the known answer test', () => {
    expect(passesKnownAnswer(signature)).toBe(true)
  })
})

describe('the two implementations', () => {
  /** The long run is `node scripts/prove-signature.mjs`; this many keeps it short. */
  const count = Number(process.env['SIGNATURE_CASES'] ?? 570)
  const cases = signatureCases('differential', count)

  it(`give the same verdict on ${count} mutated cases, and the expected one`, () => {
    const byNode = tally(nodeSignature, cases)
    expect(byNode).toMatchObject({ wrongAccepts: 0, wrongRejects: 0 })
    expect(tally(tweetnaclSignature, cases)).toEqual(byNode)
  }, 600_000)

  it('are compared on cases of both verdicts', () => {
    expect(new Set(cases.map((one) => one.valid))).toEqual(new Set([true, false]))
    expect(new Set(cases.map((one) => one.kind))).toEqual(new Set(caseKinds))
  })

  it('sign alike', () => {
    for (const { message, publicKey } of cases.slice(0, 19)) {
      const seed = publicKey.length === 32 ? publicKey : new Uint8Array(32)
      expect(tweetnaclSignature.sign(seed, message)).toEqual(nodeSignature.sign(seed, message))
    }
  })
})

describe('the strict rules', () => {
  const strict = strictSignature(credulous)
  const refusals = edgeCases.filter(({ kind }) => /small-order|above L/.test(kind))

  it('stand in front of the library: a credulous one gets nothing past them', () => {
    expect(refusals).toHaveLength(9)
    for (const { publicKey, message, signature } of refusals) {
      expect(strict.verify(publicKey, message, signature)).toBe(false)
    }
  })

  it('are needed: tweetnacl alone accepts a second signature with S + L, and keys under which anybody signs', () => {
    const accepted = signatureCases('needed', caseKinds.length * 4)
      .filter((one) => !one.valid && one.publicKey.length === 32 && one.signature.length === 64)
      .filter((one) => nacl.sign.detached.verify(one.message, one.signature, one.publicKey))
      .map((one) => one.kind)
    expect(accepted).toContain('a multiple of L added to S')
    expect(accepted).toContain('a small-order key, under which anybody can sign')
  })

  it.each(smallOrderEncodings.map((bytes) => [Buffer.from(bytes).toString('hex'), bytes] as const))(
    'refuse the point %s as a key and as a commitment',
    (_, point) => {
      const [vector] = signingVectors
      if (!vector) throw new Error('There is no vector.')
      const signature = Uint8Array.from([...point, ...new Uint8Array(32)])
      expect(strict.verify(point, vector.message, vector.signature)).toBe(false)
      expect(strict.verify(vector.publicKey, vector.message, signature)).toBe(false)
      expect(strict.verify(vector.publicKey, vector.message, vector.signature)).toBe(true)
    },
  )

  it('turn an error of the library into a refusal', () => {
    const [vector] = signingVectors
    if (!vector) throw new Error('There is no vector.')
    expect(strictSignature(broken).verify(vector.publicKey, vector.message, vector.signature)).toBe(false)
  })
})

describe('the choice of an implementation', () => {
  it('is node:crypto where it works', async () => {
    expect(await loadSignature()).toBe(nodeSignature)
  })

  it.each([
    ['throws', strictSignature(broken)],
    ['accepts everything', { ...nodeSignature, verify: () => true }],
    ['accepts nothing', { ...nodeSignature, verify: () => false }],
    ['signs wrongly', { ...nodeSignature, sign: () => new Uint8Array(64) }],
  ])('is tweetnacl where node:crypto %s', async (_, preferred) => {
    const chosen = await loadSignature(preferred)
    expect(chosen).not.toBe(preferred)
    expect(passesKnownAnswer(chosen)).toBe(true)
  })
})

describe('the signature of this machine', () => {
  const [vector] = signingVectors
  if (!vector) throw new Error('There is no vector.')
  const { seed, publicKey, message, signature: genuine } = vector
  const forged = genuine.map((byte, position) => (position === 40 ? byte ^ 1 : byte))

  /** What a record takes: a signature of its own and one of the hub. */
  const judge = ({ verify, verifyOwn }: Pick<Signature, 'verify' | 'verifyOwn'>, claimed: Uint8Array) => ({
    own: verifyOwn(seed, message, claimed),
    hub: verify(publicKey, message, claimed),
  })

  it('believes the library that is there, untested, as long as it says yes', async () => {
    const publicKeys = vi.fn(nodeSignature.publicKey)
    const machine = machineSignature({ ...nodeSignature, publicKey: publicKeys })
    expect(await machine.open((verifying) => judge(verifying, genuine))).toEqual({ own: true, hub: true })
    expect(publicKeys).not.toHaveBeenCalled()
    await machine.prove()
    expect(publicKeys).toHaveBeenCalledTimes(1)
    await machine.prove()
    expect(publicKeys).toHaveBeenCalledTimes(1)
  })

  it('asks no second library where the first one works and says no', async () => {
    const operation = vi.fn((verifying: Pick<Signature, 'verify' | 'verifyOwn'>) => judge(verifying, forged))
    expect(await machineSignature().open(operation)).toEqual({ own: false, hub: false })
    expect(operation).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['has no Ed25519', strictSignature(broken)],
    ['says no to everything', { ...nodeSignature, verify: () => false }],
    ['signs wrongly', { ...nodeSignature, verifyOwn: () => false, sign: () => new Uint8Array(64) }],
    ['says yes to everything', { ...nodeSignature, verify: () => true }],
    ['says yes to everything, and signs wrongly', strictSignature(credulous)],
  ])('gives the verdicts of another library where that of the machine %s', async (_, preferred) => {
    const machine = machineSignature(preferred)
    expect(await machine.open((verifying) => judge(verifying, genuine))).toEqual({ own: true, hub: true })
    expect(await machine.open((verifying) => judge(verifying, forged))).toEqual({ own: false, hub: false })
    expect(passesKnownAnswer(machine)).toBe(true)
  })

  it('is not taken in by a forgery that is the first thing to be shown to a library that says yes to everything', async () => {
    const machine = machineSignature({ ...nodeSignature, verify: () => true, verifyOwn: () => true })
    expect((await machine.open((verifying) => judge(verifying, forged))).hub).toBe(false)
  })

  it('is that of tweetnacl, once it is proven, where node:crypto has none', async () => {
    const machine = machineSignature(strictSignature(broken))
    expect(passesKnownAnswer(machine)).toBe(false)
    await Promise.all([machine.prove(), machine.prove()])
    expect(passesKnownAnswer(machine)).toBe(true)
    expect(judge(machine, genuine)).toEqual({ own: true, hub: true })
  })
})

describe('the curve of the cases', () => {
  it('has eight points of small order, which are all different and add up to the neutral one', () => {
    expect(new Set(torsion.map((point) => Buffer.from(encodePoint(point)).toString('hex'))).size).toBe(8)
    const [neutral, first] = torsion
    const last = torsion.at(-1)
    if (!first || !last) throw new Error('There are no points.')
    expect(addPoints(first, last)).toEqual(neutral)
  })

  it('decodes what it encodes', () => {
    for (const { publicKey } of signingVectors) expect(encodePoint(decodePoint(publicKey))).toEqual(publicKey)
  })
})
