import type { LicenseKey } from '../../domain/license-key.js'
import type { Release } from '../../domain/release.js'
import type { ReleaseTokenExpectation } from '../release-token.js'
import { type Reading, type ReceivedResponse, readResponse, setback } from '../response.js'
import { updateCheckSchema, type WireUpdateCheckRequest } from '../wire/release.js'
import { readRelease } from './release.js'

export interface UpdateQuestion {
  readonly licenseKey: LicenseKey
  readonly product: string
  readonly domain: string
  readonly currentVersion: string
  readonly channel: string | null
}

export interface UpdateAnswer {
  readonly latestVersion: string
  /** What the hub offers; whether it is taken is the domain's decision. */
  readonly release: Release | null
}

export function buildUpdateCheckRequest(question: UpdateQuestion): WireUpdateCheckRequest {
  return {
    license_key: question.licenseKey,
    product_slug: question.product,
    domain: question.domain,
    current_version: question.currentVersion,
    ...(question.channel !== null && { channel: question.channel }),
  }
}

export function readUpdateCheckResponse(
  response: ReceivedResponse,
  question: UpdateQuestion,
  proof: ReleaseTokenExpectation,
  now: number,
): Reading<UpdateAnswer> {
  const reading = readResponse(response, updateCheckSchema, now)
  if (reading.kind !== 'answer') return reading
  const check = reading.answer
  if (check.product_slug !== question.product) return setback('unexpected-answer')
  if (!check.release) return { kind: 'answer', answer: { latestVersion: check.latest_version, release: null } }

  const release = readRelease(check.release, question.product, proof)
  if (typeof release === 'string') return setback(release)
  return { kind: 'answer', answer: { latestVersion: check.latest_version, release } }
}
