import { FlavorLicenseError } from '../../domain/errors.js'
import type { UpdateInfoOutcome } from '../../domain/license/outcome.js'
import { isVersion } from '../../domain/update/version.js'
import { buildUpdateInfoRequest, readUpdateInfoResponse } from '../../protocol/exchange/update.js'
import type { Engine } from '../engine.js'
import { askHub } from '../hub/ask-hub.js'
import type { AskOptions } from '../license/ask-license.js'
import { keyOnRecord } from '../license/key-on-record.js'
import { refusedUpdate, undecided } from './ask.js'
import { releaseExpectation } from './release-proof.js'

/** What the author says about a release of the product; `null` is the latest. */
export async function describeUpdate(
  engine: Engine,
  version: string | null,
  options: AskOptions,
): Promise<UpdateInfoOutcome> {
  if (version !== null && !(typeof version === 'string' && isVersion(version))) {
    throw new FlavorLicenseError(
      'invalid-version',
      `The version ${JSON.stringify(version)} is not valid. Write it like 1.4.2.`,
    )
  }
  const known = keyOnRecord(await engine.keeper.load())
  if ('none' in known) return refusedUpdate(known.none)
  const { licenseKey } = known
  const { domain } = await engine.identity()
  const { slug: product } = engine.settings.product
  const proof = await releaseExpectation(engine)
  const reply = await askHub(engine, {
    route: 'updateInfo',
    body: buildUpdateInfoRequest({ licenseKey, product, domain }, version),
    read: (response, now) => readUpdateInfoResponse(response, product, version, proof, now),
    ...options,
  })
  return reply.kind === 'answer' ? { outcome: 'described', ...reply.answer } : undecided(reply)
}
