import type { ErrorCode } from '../../protocol/wire/error.js'
import {
  deactivationSchema,
  licenseRequestSchema,
  licenseSchema,
  type WireDeactivation,
  type WireLicense,
  type WireLicenseRequest,
} from '../../protocol/wire/license.js'
import { jsonReply } from '../http/reply.js'
import { activate, activationCount, activationOn, deactivate, type License, licenseStatus } from '../hub/license.js'
import { licenseOf, withLicense } from '../hub/state.js'
import { timestamp } from '../timestamp.js'
import { type Call, type Endpoint, endpoint } from './endpoint.js'
import { domainRule, slugRule, versionRule } from './field-rules.js'

const rules = [domainRule, slugRule, versionRule('product_version')]
const unknownLicense: readonly ErrorCode[] = [
  'invalid_key_format',
  'license_not_found',
  'product_not_found',
  'product_mismatch',
]

export const activateEndpoint: Endpoint = endpoint({
  summary: 'Activate a license on a domain',
  request: licenseRequestSchema,
  response: licenseSchema,
  refusals: [...unknownLicense, 'license_revoked', 'license_expired', 'activation_limit_reached'],
  rules,
  serve: (body, call) => {
    const { store } = call.hub
    const license = licenseOf(store.read(), body.license_key, body.product_slug)
    const activated = activate(license, body.domain, body.installation_id ?? null, call.exchange.now)
    if (activated !== license) store.write(withLicense(store.read(), activated))
    return licenseReply(activated, body, call)
  },
})

export const verifyEndpoint: Endpoint = endpoint({
  summary: 'Ask for the state of a license on a domain',
  request: licenseRequestSchema,
  response: licenseSchema,
  refusals: unknownLicense,
  rules,
  serve: (body, call) =>
    licenseReply(licenseOf(call.hub.store.read(), body.license_key, body.product_slug), body, call),
})

export const deactivateEndpoint: Endpoint = endpoint({
  summary: 'Free the slot that a domain takes',
  request: licenseRequestSchema,
  response: deactivationSchema,
  refusals: unknownLicense,
  rules,
  serve: (body, { hub: { store } }) => {
    const license = licenseOf(store.read(), body.license_key, body.product_slug)
    const remaining = deactivate(license, body.domain)
    if (remaining !== license) store.write(withLicense(store.read(), remaining))
    const answer: WireDeactivation = {
      deactivated: remaining !== license,
      activations: activationCount(remaining),
    }
    return jsonReply(200, answer)
  },
})

function licenseReply(license: License, body: WireLicenseRequest, { hub, exchange }: Call): Response {
  const activation = activationOn(license, body.domain)
  const answer: Omit<WireLicense, 'token'> = {
    license_key: license.key,
    product_slug: license.product,
    domain: body.domain,
    tier: license.tier,
    status: licenseStatus(license, body.domain, exchange.now),
    expires_at: license.expiresAt === null ? null : timestamp(license.expiresAt),
    activated_at: activation === undefined ? null : timestamp(activation.activatedAt),
    features: license.features,
    activations: activationCount(license),
    server_time: timestamp(exchange.now),
  }
  const signed: WireLicense = { ...answer, token: hub.signer.license(answer, body, exchange) }
  return jsonReply(200, signed)
}
