import { digestText } from '../../asking/digest.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import { encodeBase64Url } from '../../protocol/base64url.js'
import type { AnswerProof, LicenseQuestion } from '../../protocol/exchange/license.js'
import type { Engine } from '../engine.js'

/** A question about a license, with a nonce that no other question has: an answer to it cannot be an old one. */
export async function licenseQuestion(engine: Engine, licenseKey: LicenseKey): Promise<LicenseQuestion> {
  const { installation, domain } = await engine.identity()
  const { product } = engine.settings
  return {
    licenseKey,
    product: product.slug,
    productVersion: product.version,
    domain,
    installation,
    nonce: encodeBase64Url(engine.random.bytes(16)),
  }
}

/** By which proof the answer to a question about this license counts. */
export function answerProof({ hash, settings, signature }: Engine, licenseKey: LicenseKey): AnswerProof {
  return {
    keys: settings.hubKeys,
    verify: signature.verify,
    hub: settings.hub,
    subject: digestText(hash, licenseKey),
  }
}
