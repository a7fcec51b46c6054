import { createHash } from 'node:crypto'
import type { Signature } from '../../src/ports/signature.js'
import type { SignatureCase } from './signature-cases.js'

/** How an implementation did on some cases. */
export interface SignatureTally {
  readonly cases: number
  readonly wrongAccepts: number
  readonly wrongRejects: number
  /** Of the cases and the verdicts, so that two runs with the same digest gave the same verdict on the same bytes. */
  readonly digest: string
}

export function tally(signature: Signature, cases: readonly SignatureCase[]): SignatureTally {
  const digest = createHash('sha256')
  let wrongAccepts = 0
  let wrongRejects = 0
  for (const { publicKey, message, signature: bytes, valid } of cases) {
    const verdict = signature.verify(publicKey, message, bytes)
    if (verdict && !valid) wrongAccepts += 1
    if (!verdict && valid) wrongRejects += 1
    for (const part of [publicKey, message, bytes]) digest.update(`${part.length}:`).update(part)
    digest.update(verdict ? 'valid' : 'invalid')
  }
  return { cases: cases.length, wrongAccepts, wrongRejects, digest: digest.digest('hex') }
}
