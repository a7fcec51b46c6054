import {
  componentCatalogSchema,
  componentCheckRequestSchema,
  componentCheckSchema,
  componentListSchema,
  componentsRequestSchema,
  type WireCatalogComponent,
  type WireComponent,
  type WireComponentUpdate,
  type WireItems,
} from '../../protocol/wire/component.js'
import type { ErrorCode } from '../../protocol/wire/error.js'
import { downloadRequestSchema, type WireProductRequest } from '../../protocol/wire/release.js'
import { jsonReply } from '../http/reply.js'
import { artifactOf } from '../hub/artifact.js'
import { HubRefusal } from '../hub/refusal.js'
import { type Component, componentOf, isUpdate, latestRelease, type Product, releaseOf } from '../hub/release.js'
import { licenseOf } from '../hub/state.js'
import { tierIncludes } from '../hub/tier.js'
import { type Call, type Endpoint, endpoint } from './endpoint.js'
import { domainRule, installedRule, slugRule, versionRule } from './field-rules.js'
import { updatableProduct } from './update-endpoints.js'
import { wireRelease } from './wire-release.js'

const refusals: readonly ErrorCode[] = [
  'invalid_key_format',
  'license_not_found',
  'product_not_found',
  'product_mismatch',
  'license_revoked',
  'license_expired',
  'domain_not_activated',
]

export const componentListEndpoint: Endpoint = endpoint({
  summary: 'List the components that the license may use',
  request: componentsRequestSchema,
  response: componentListSchema,
  refusals,
  rules: [domainRule, slugRule],
  serve: (body, call) => {
    const items = catalog(updatableProduct(body, call), tierOf(body, call))
      .filter(({ entitled }) => entitled)
      .map(({ entitled: _, ...component }): WireComponent => component)
    const answer: WireItems<WireComponent> = { items }
    return jsonReply(200, answer)
  },
})

export const componentAvailableEndpoint: Endpoint = endpoint({
  summary: 'List the whole catalog of components',
  request: componentsRequestSchema,
  response: componentCatalogSchema,
  refusals,
  rules: [domainRule, slugRule],
  serve: (body, call) => {
    const answer: WireItems<WireCatalogComponent> = { items: catalog(updatableProduct(body, call), tierOf(body, call)) }
    return jsonReply(200, answer)
  },
})

export const componentCheckEndpoint: Endpoint = endpoint({
  summary: 'Ask for updates of installed components',
  request: componentCheckRequestSchema,
  response: componentCheckSchema,
  refusals,
  rules: [domainRule, slugRule, installedRule],
  serve: (body, call) => {
    const product = updatableProduct(body, call)
    const tier = tierOf(body, call)
    // What the hub does not offer to this license is left out: one foreign component must not hide the others' updates.
    const items = product.components.flatMap((component): WireComponentUpdate[] => {
      const installed = Object.hasOwn(body.installed, component.slug) ? body.installed[component.slug] : undefined
      const latest = latestRelease(component.releases, 'stable')
      if (installed === undefined || latest === undefined || !tierIncludes(tier, component.requiredTier)) return []
      const available = isUpdate(latest, installed)
      return [
        {
          slug: component.slug,
          current_version: installed,
          latest_version: latest.version,
          update_available: available,
          release: available ? wireRelease(component.slug, product, latest, call) : null,
        },
      ]
    })
    const answer: WireItems<WireComponentUpdate> = { items }
    return jsonReply(200, answer)
  },
})

export const componentDownloadEndpoint: Endpoint = endpoint({
  summary: 'Download the file of a component',
  request: downloadRequestSchema,
  response: 'file',
  refusals: [...refusals, 'component_not_found', 'tier_not_entitled', 'release_not_found'],
  rules: [domainRule, slugRule, versionRule('version')],
  serve: (body, call) => {
    const component = componentOf(updatableProduct(body, call), call.parameters['slug'] ?? '')
    if (!tierIncludes(tierOf(body, call), component.requiredTier)) throw new HubRefusal('tier_not_entitled')
    const release = releaseOf(component.releases, body.version)
    return call.hub.files.serve(artifactOf(component.slug, release), call.exchange)
  },
})

function tierOf(body: WireProductRequest, call: Call): string {
  return licenseOf(call.hub.store.read(), body.license_key, body.product_slug).tier
}

/** Components without a stable release are not offered yet. */
function catalog(product: Product, tier: string): readonly WireCatalogComponent[] {
  return product.components.flatMap((component: Component): WireCatalogComponent[] => {
    const latest = latestRelease(component.releases, 'stable')
    if (latest === undefined) return []
    return [
      {
        slug: component.slug,
        name: component.name,
        category: component.category,
        version: latest.version,
        required_tier: component.requiredTier,
        entitled: tierIncludes(tier, component.requiredTier),
      },
    ]
  })
}
