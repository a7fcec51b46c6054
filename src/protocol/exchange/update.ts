import type { LicenseKey } from '../../domain/license-key.js'
import type { Release } from '../../domain/release.js'
import { type ReleaseTokenExpectation, releaseTokenProblem } from '../release-token.js'
import { type Reading, type ReceivedResponse, readResponse, setback } from '../response.js'
import { updateCheckSchema, type WireRelease, type WireUpdateCheckRequest } from '../wire/release.js'

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

  if (check.release.slug !== question.product) return setback('unexpected-answer')
  if (proof.keys.size > 0) {
    // Missing proof is refused, never skipped: otherwise an attacker would simply leave it out.
    if (check.release.token === null) return setback('proof-missing')
    if (releaseTokenProblem(check.release.token, check.release, proof)) return setback('proof-invalid')
  }
  return { kind: 'answer', answer: { latestVersion: check.latest_version, release: toRelease(check.release) } }
}

function toRelease(wire: WireRelease): Release {
  return {
    slug: wire.slug,
    version: wire.version,
    releasedAt: Date.parse(wire.released_at),
    channel: wire.channel,
    changelogUrl: wire.changelog_url,
    requiresProduct: wire.requires?.product ?? null,
    mandatory: wire.mandatory ?? false,
    size: wire.size,
    sha256: wire.sha256,
    filename: wire.filename,
  }
}
