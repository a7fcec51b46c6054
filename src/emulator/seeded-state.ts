import { signingKeyFromSeed } from '../issuing/index.js'
import type { License } from './hub/license.js'
import type { Component, Content, Product, Release } from './hub/release.js'
import { defaultPadding } from './hub/sample-archive.js'
import type { HubState } from './hub/state.js'
import { seededPortal } from './portal/seeded-portal.js'
import type { Seed, SeedLicense, SeedProduct, SeedRelease } from './seed-file.js'

const dayMs = 86_400_000

/** The state that a seed describes; what it says in days counts from `now`. */
export function seededState(seed: Seed, now: number): HubState {
  const portal = seededPortal(seed, now)
  return {
    signingKeys: seed.signing_keys.map((key) => signingKeyFromSeed(key.seed, key.kid)),
    products: seed.products.map((product, index) => seededProduct(index + 1, product, now)),
    licenses: seed.licenses.map((license, index) => ({
      ...seededLicense(license, now),
      id: portal.lastId + 1 + index,
      ownerId: portal.accounts.find(({ email }) => email === license.owner)?.id ?? null,
    })),
    portal: { ...portal, lastId: portal.lastId + seed.licenses.length },
  }
}

function seededProduct(id: number, product: SeedProduct, now: number): Product {
  return {
    id,
    slug: product.slug,
    name: product.name,
    features: product.features ?? {},
    releases: product.releases.map((release) => seededRelease(product.slug, release, now)),
    components: (product.components ?? []).map(
      (component): Component => ({
        slug: component.slug,
        name: component.name,
        category: component.category,
        requiredTier: component.required_tier,
        releases: component.releases.map((release) => seededRelease(component.slug, release, now)),
      }),
    ),
  }
}

function seededRelease(slug: string, release: SeedRelease, now: number): Release {
  return {
    version: release.version,
    channel: release.channel ?? 'stable',
    releasedAt: momentOf(release.released_at, -(release.released_days_ago ?? 0), now),
    changelog: release.changelog ?? '',
    changelogUrl: release.changelog_url ?? null,
    requiresProduct: release.requires_product ?? null,
    mandatory: release.mandatory ?? false,
    filename: release.filename ?? `${slug}-${release.version}.zip`,
    content: contentOf(release.content),
  }
}

function contentOf(content: SeedRelease['content']): Content {
  if (content === undefined) return { kind: 'archive', files: null, padding: defaultPadding }
  if ('text' in content) return { kind: 'text', text: content.text }
  if ('base64' in content) return { kind: 'base64', base64: content.base64 }
  if ('bytes' in content) return { kind: 'generated', bytes: content.bytes }
  return { kind: 'archive', files: content.files ?? null, padding: content.padding ?? 0 }
}

function seededLicense(license: SeedLicense, now: number): Omit<License, 'id' | 'ownerId'> {
  return {
    key: license.key,
    product: license.product,
    tier: license.tier,
    status: license.status ?? 'active',
    source: license.source ?? 'individual',
    expiresAt: license.expires_at === null ? null : momentOf(license.expires_at, license.expires_in_days ?? 0, now),
    features: license.features ?? [],
    activationLimit: license.activation_limit ?? null,
    activations: (license.activations ?? []).map((activation) => ({
      domain: activation.domain,
      installationId: activation.installation_id ?? null,
      activatedAt: momentOf(activation.activated_at, -(activation.activated_days_ago ?? 0), now),
    })),
    clientId: null,
    createdAt: now,
  }
}

/** Whole seconds: that is how tokens count, and both must name the same instant. */
function momentOf(absolute: string | undefined, daysFromNow: number, now: number): number {
  const moment = absolute === undefined ? now + daysFromNow * dayMs : Date.parse(absolute)
  return Math.floor(moment / 1000) * 1000
}
