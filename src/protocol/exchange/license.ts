import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Activations, Entitlement } from '../../domain/license/record.js'
import { type LicenseTokenExpectation, openLicenseToken } from '../license-token.js'
import { type Reading, type ReceivedResponse, readResponse, setback } from '../response.js'
import { describeDoubt } from '../token-doubt.js'
import {
  deactivationSchema,
  licenseSchema,
  type WireActivations,
  type WireLicense,
  type WireLicenseRequest,
} from '../wire/license.js'

/** What activate, verify and deactivate are about. */
export interface LicenseQuestion {
  readonly licenseKey: LicenseKey
  readonly product: string
  readonly productVersion: string
  readonly domain: string
  readonly installation: string
  readonly nonce: string
}

export interface LicenseAnswer {
  readonly entitlement: Entitlement
  readonly activations: Activations
  /** The token that proves the entitlement; `null` where no hub key is pinned. */
  readonly token: string | null
}

export interface DeactivationAnswer {
  /** False when this domain was not activated. */
  readonly deactivated: boolean
  readonly activations: Activations
}

/** By which proof an answer counts: a token under a pinned key, or the mere answer where none is pinned. */
export type AnswerProof = Pick<LicenseTokenExpectation, 'keys' | 'verify' | 'hub' | 'subject'>

/** The body of activate, verify and deactivate, which are asked in the same words. */
export function buildLicenseRequest(question: LicenseQuestion): WireLicenseRequest {
  return {
    license_key: question.licenseKey,
    product_slug: question.product,
    domain: question.domain,
    installation_id: question.installation,
    product_version: question.productVersion,
    nonce: question.nonce,
  }
}

export function readLicenseResponse(
  response: ReceivedResponse,
  question: LicenseQuestion,
  proof: AnswerProof,
  now: number,
): Reading<LicenseAnswer> {
  const reading = readResponse(response, licenseSchema, now)
  if (reading.kind !== 'answer') return reading
  const license = reading.answer

  // An answer about another license is not an answer: a cache or a broken proxy may mix up two customers.
  if (!isAbout(license, question)) return setback('unexpected-answer')
  const activations = toActivations(license.activations)
  if (proof.keys.size === 0) {
    return { kind: 'answer', answer: { entitlement: statedEntitlement(license), activations, token: null } }
  }

  // Where keys are pinned, the body is hearsay: an attacker on the line could have left the token out.
  if (license.token === null) return setback('proof-missing')
  const opened = openLicenseToken(license.token, { ...proof, ...question })
  if (!opened.ok) return setback('proof-invalid', null, describeDoubt(license.token, opened.problem, proof))
  return { kind: 'answer', answer: { entitlement: opened.entitlement, activations, token: license.token } }
}

export function readDeactivationResponse(response: ReceivedResponse, now: number): Reading<DeactivationAnswer> {
  const reading = readResponse(response, deactivationSchema, now)
  if (reading.kind !== 'answer') return reading
  const { deactivated, activations } = reading.answer
  return { kind: 'answer', answer: { deactivated, activations: toActivations(activations) } }
}

function isAbout(license: WireLicense, question: LicenseQuestion): boolean {
  return (
    license.license_key === question.licenseKey &&
    license.product_slug === question.product &&
    license.domain === question.domain
  )
}

function statedEntitlement(license: WireLicense): Entitlement {
  return {
    basis: 'hub',
    status: license.status,
    tier: license.tier,
    features: license.features,
    expiresAt: license.expires_at === null ? null : Date.parse(license.expires_at),
    issuedAt: Date.parse(license.server_time),
    leaseEndsAt: null,
  }
}

function toActivations({ used, limit }: WireActivations): Activations {
  return { used, limit: limit === -1 ? null : limit }
}
