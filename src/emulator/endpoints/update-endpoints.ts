import type { ErrorCode } from '../../protocol/wire/error.js'
import {
  downloadRequestSchema,
  updateCheckRequestSchema,
  updateCheckSchema,
  updateInfoRequestSchema,
  updateInfoSchema,
  type WireProductRequest,
  type WireUpdateCheck,
  type WireUpdateInfo,
} from '../../protocol/wire/release.js'
import { jsonReply } from '../http/reply.js'
import { artifactOf } from '../hub/artifact.js'
import { requireUpdatesFor } from '../hub/license.js'
import { HubRefusal } from '../hub/refusal.js'
import { isUpdate, latestRelease, type Product, releaseOf } from '../hub/release.js'
import { licenseOf, productOf } from '../hub/state.js'
import { type Call, type Endpoint, endpoint } from './endpoint.js'
import { channelRule, domainRule, slugRule, versionRule } from './field-rules.js'
import { wireRelease } from './wire-release.js'

const refusals: readonly ErrorCode[] = [
  'invalid_key_format',
  'license_not_found',
  'product_not_found',
  'product_mismatch',
  'license_revoked',
  'license_expired',
  'domain_not_activated',
  'release_not_found',
]

export const updateCheckEndpoint: Endpoint = endpoint({
  summary: 'Ask whether a newer release is there',
  request: updateCheckRequestSchema,
  response: updateCheckSchema,
  refusals,
  rules: [domainRule, slugRule, channelRule, versionRule('current_version')],
  serve: (body, call) => {
    const product = updatableProduct(body, call)
    const latest = latestRelease(product.releases, body.channel === 'beta' ? 'beta' : 'stable')
    if (latest === undefined) throw new HubRefusal('release_not_found')
    const available = isUpdate(latest, body.current_version)
    const answer: WireUpdateCheck = {
      update_available: available,
      product_slug: product.slug,
      current_version: body.current_version,
      latest_version: latest.version,
      release: available ? wireRelease(product.slug, product, latest, call) : null,
    }
    return jsonReply(200, answer)
  },
})

export const updateInfoEndpoint: Endpoint = endpoint({
  summary: 'Describe a release with its changelog',
  request: updateInfoRequestSchema,
  response: updateInfoSchema,
  refusals,
  rules: [domainRule, slugRule, versionRule('version')],
  serve: (body, call) => {
    const product = updatableProduct(body, call)
    const release =
      body.version === undefined ? latestRelease(product.releases, 'stable') : releaseOf(product.releases, body.version)
    if (release === undefined) throw new HubRefusal('release_not_found')
    const answer: WireUpdateInfo = {
      ...wireRelease(product.slug, product, release, call),
      changelog: release.changelog,
    }
    return jsonReply(200, answer)
  },
})

export const updateDownloadEndpoint: Endpoint = endpoint({
  summary: 'Download the file of a release',
  request: downloadRequestSchema,
  response: 'file',
  refusals,
  rules: [domainRule, slugRule, versionRule('version')],
  serve: (body, call) => {
    const product = updatableProduct(body, call)
    const release = releaseOf(product.releases, body.version)
    return call.hub.files.serve(artifactOf(product.slug, release), call.exchange)
  },
})

/** The product of a license that may have updates. */
export function updatableProduct(body: WireProductRequest, { hub, exchange }: Call): Product {
  const state = hub.store.read()
  const license = licenseOf(state, body.license_key, body.product_slug)
  requireUpdatesFor(license, body.domain, exchange.now)
  return productOf(state, license.product)
}
