import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Release } from '../../domain/update/release.js'
import type { ReleaseTokenExpectation } from '../release-token.js'
import { type Reading, type ReceivedResponse, readResponse, setback } from '../response.js'
import {
  updateCheckSchema,
  updateInfoSchema,
  type WireUpdateCheckRequest,
  type WireUpdateInfoRequest,
} from '../wire/release.js'
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

/** A release with what its author says about it. */
export interface UpdateInfo {
  readonly release: Release
  /** Markdown. No signature covers it. */
  readonly changelog: string
}

export function buildUpdateInfoRequest(
  { licenseKey, product, domain }: Pick<UpdateQuestion, 'licenseKey' | 'product' | 'domain'>,
  version: string | null,
): WireUpdateInfoRequest {
  return { license_key: licenseKey, product_slug: product, domain, ...(version !== null && { version }) }
}

/** @param version - What was asked for; `null` is the latest. */
export function readUpdateInfoResponse(
  response: ReceivedResponse,
  product: string,
  version: string | null,
  proof: ReleaseTokenExpectation,
  now: number,
): Reading<UpdateInfo> {
  const reading = readResponse(response, updateInfoSchema, now)
  if (reading.kind !== 'answer') return reading
  const { changelog } = reading.answer
  const release = readRelease(reading.answer, product, proof)
  if (typeof release === 'string') return setback(release)
  if (version !== null && release.version !== version) return setback('unexpected-answer')
  return { kind: 'answer', answer: { release, changelog } }
}
