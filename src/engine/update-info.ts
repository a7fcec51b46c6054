import type { UpdateInfoOutcome } from '../domain/outcome.js'
import { buildUpdateInfoRequest, readUpdateInfoResponse } from '../protocol/exchange/update.js'
import { askHub } from './ask-hub.js'
import type { AskOptions } from './ask-license.js'
import type { Engine } from './engine.js'
import { keyOnRecord } from './key-on-record.js'
import { releaseExpectation } from './release-proof.js'
import { refusedUpdate, undecided } from './updates/ask.js'

/** What the author says about a release of the product; `null` is the latest. */
export async function describeUpdate(
  engine: Engine,
  version: string | null,
  options: AskOptions,
): Promise<UpdateInfoOutcome> {
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
