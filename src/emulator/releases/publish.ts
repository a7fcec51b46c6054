import type { Component, Product, Release } from '../hub/release.js'
import { type HubState, withProduct } from '../hub/state.js'
import type { Publication, PublishedComponent } from './read-releases.js'
import { EmulatorReleasesError } from './releases-error.js'

/**
 * The hub with the releases of a folder. One of the same version is replaced.
 *
 * @throws EmulatorReleasesError `unknown-product`
 */
export function publish(state: HubState, publications: readonly Publication[]): HubState {
  return publications.reduce((reached, publication) => withPublication(reached, publication), state)
}

function withPublication(state: HubState, { source, product: slug, component, release }: Publication): HubState {
  const product = state.products.find((candidate) => candidate.slug === slug)
  if (product === undefined) {
    const sentence = `The manifest ${source} is about the product ${JSON.stringify(slug)}, which the hub does not have.`
    throw new EmulatorReleasesError('unknown-product', sentence)
  }
  if (component === null) return withProduct(state, { ...product, releases: withRelease(product.releases, release) })
  return withProduct(state, { ...product, components: withComponent(product.components, component, release) })
}

function withComponent(
  components: readonly Component[],
  published: PublishedComponent,
  release: Release,
): readonly Component[] {
  const known = components.find(({ slug }) => slug === published.slug)
  if (known === undefined) return [...components, { ...published, releases: [release] }]
  const next = { ...known, releases: withRelease(known.releases, release) }
  return components.map((component) => (component === known ? next : component))
}

function withRelease(releases: readonly Release[], release: Release): readonly Release[] {
  return [...releases.filter(({ version }) => version !== release.version), release]
}

/**
 * The hub as it is kept: without what the folder gave it, which is read again at the next start, and with what of
 * `original` the folder hid.
 */
export function withdraw(state: HubState, original: HubState): HubState {
  return {
    ...state,
    products: state.products.map((product) => {
      const before = original.products.find(({ slug }) => slug === product.slug)
      return {
        ...product,
        releases: restored(product.releases, before?.releases),
        components: restoredComponents(product, before),
      }
    }),
  }
}

function restoredComponents(product: Product, before: Product | undefined): readonly Component[] {
  return product.components.flatMap((component) => {
    const known = before?.components.find(({ slug }) => slug === component.slug)
    const releases = restored(component.releases, known?.releases)
    return known === undefined && releases.length === 0 ? [] : [{ ...component, releases }]
  })
}

function restored(releases: readonly Release[], before: readonly Release[] = []): readonly Release[] {
  const [fromFolder, own] = [releases.filter(isFromFolder), releases.filter((release) => !isFromFolder(release))]
  const hidden = before.filter(({ version }) => fromFolder.some((release) => release.version === version))
  return [...hidden, ...own]
}

function isFromFolder({ content }: Release): boolean {
  return content.kind === 'file'
}
