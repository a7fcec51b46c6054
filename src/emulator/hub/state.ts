import type { SigningKey } from '../../issuing/index.js'
import type { PortalState } from '../portal/state.js'
import { type Artifact, artifactOf } from './artifact.js'
import type { License } from './license.js'
import { isLicenseKey } from './license-key.js'
import { HubRefusal } from './refusal.js'
import { componentOf, type Product, releaseOf } from './release.js'

/** All that the hub knows and a restart must not lose. */
export interface HubState {
  /** The first one signs; all of them are published, so that tokens of an older one still verify. */
  readonly signingKeys: readonly SigningKey[]
  readonly products: readonly Product[]
  readonly licenses: readonly License[]
  readonly portal: PortalState
}

export function productOf(state: HubState, slug: string): Product {
  const product = state.products.find((candidate) => candidate.slug === slug)
  if (product === undefined) throw new HubRefusal('product_not_found')
  return product
}

/** The file of a release of the product, or of the component with that slug. */
export function fileOf(state: HubState, productSlug: string, component: string | undefined, version: string): Artifact {
  const product = productOf(state, productSlug)
  const { slug, releases } = component === undefined ? product : componentOf(product, component)
  return artifactOf(slug, releaseOf(releases, version))
}

/** The license of a key, for the product that asks. */
export function licenseOf(state: HubState, key: string, productSlug: string): License {
  if (!isLicenseKey(key)) throw new HubRefusal('invalid_key_format')
  const license = state.licenses.find((candidate) => candidate.key === key)
  if (license === undefined) throw new HubRefusal('license_not_found')
  if (productOf(state, productSlug).slug !== license.product) throw new HubRefusal('product_mismatch')
  return license
}

export function withLicense(state: HubState, license: License): HubState {
  const others = state.licenses.filter((candidate) => candidate.key !== license.key)
  return others.length === state.licenses.length
    ? { ...state, licenses: [...others, license] }
    : { ...state, licenses: state.licenses.map((candidate) => (candidate.key === license.key ? license : candidate)) }
}

export function withoutLicense(state: HubState, { id }: License): HubState {
  return { ...state, licenses: state.licenses.filter((candidate) => candidate.id !== id) }
}

export function withProduct(state: HubState, product: Product): HubState {
  return {
    ...state,
    products: state.products.map((candidate) => (candidate.slug === product.slug ? product : candidate)),
  }
}
