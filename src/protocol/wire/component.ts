import * as v from 'valibot'
import { Text } from './primitives.js'
import { Release } from './release.js'

/** Body of `/components/list` and `/components/available` (assumed). */
export const ComponentsRequest = v.object({ license_key: Text, product_slug: Text, domain: Text })

/** Body of `/components/check` (assumed): what is installed, by slug. */
export const ComponentCheckRequest = v.object({
  ...ComponentsRequest.entries,
  installed: v.record(Text, Text),
})

/** Body of `/components/{slug}/download` (assumed). */
export const ComponentDownloadRequest = v.object({ ...ComponentsRequest.entries, version: Text })

export const Component = v.object({
  slug: Text,
  name: Text,
  category: Text,
  version: Text,
  required_tier: Text,
})

/** An entry of the whole catalog: the component and whether this license may use it. */
export const CatalogComponent = v.object({ ...Component.entries, entitled: v.boolean() })

export const ComponentUpdate = v.object({
  slug: Text,
  current_version: Text,
  latest_version: Text,
  update_available: v.boolean(),
  release: v.nullable(Release),
})

export const ComponentList = v.object({ items: v.array(Component) })
export const ComponentCatalog = v.object({ items: v.array(CatalogComponent) })
export const ComponentCheck = v.object({ items: v.array(ComponentUpdate) })

export type ComponentWire = v.InferOutput<typeof Component>
export type CatalogComponentWire = v.InferOutput<typeof CatalogComponent>
export type ComponentUpdateWire = v.InferOutput<typeof ComponentUpdate>
