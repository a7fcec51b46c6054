import * as v from 'valibot'
import { type Schema, textSchema } from './primitives.js'
import { productRequestEntries, releaseSchema, type WireProductRequest, type WireRelease } from './release.js'

/** Body of `/components/list` and `/components/available` (assumed). */
export const componentsRequestSchema: Schema<WireProductRequest> = v.object(productRequestEntries)

/** Body of `/components/check` (assumed): versions of what is installed, by slug. */
export interface WireComponentCheckRequest extends WireProductRequest {
  readonly installed: Readonly<Record<string, string>>
}

export const componentCheckRequestSchema: Schema<WireComponentCheckRequest> = v.object({
  ...productRequestEntries,
  installed: v.record(v.string(), textSchema),
})

/** A component that a license may use (assumed). */
export interface WireComponent {
  readonly slug: string
  readonly name: string
  readonly category: string
  readonly version: string
  readonly required_tier: string
}

const componentEntries = {
  slug: textSchema,
  name: textSchema,
  category: textSchema,
  version: textSchema,
  required_tier: textSchema,
}

/** An entry of the whole catalog (assumed): the component, and whether this license may use it. */
export interface WireCatalogComponent extends WireComponent {
  readonly entitled: boolean
}

export interface WireComponentUpdate {
  readonly slug: string
  readonly current_version: string
  readonly latest_version: string
  readonly update_available: boolean
  readonly release: WireRelease | null
}

/** Answers of `/components/list`, `/available` and `/check` (assumed). */
export interface WireItems<Item> {
  readonly items: readonly Item[]
}

export const componentListSchema: Schema<WireItems<WireComponent>> = v.object({
  items: v.array(v.object(componentEntries)),
})

export const componentCatalogSchema: Schema<WireItems<WireCatalogComponent>> = v.object({
  items: v.array(v.object({ ...componentEntries, entitled: v.boolean() })),
})

export const componentCheckSchema: Schema<WireItems<WireComponentUpdate>> = v.object({
  items: v.array(
    v.object({
      slug: textSchema,
      current_version: textSchema,
      latest_version: textSchema,
      update_available: v.boolean(),
      release: v.nullable(releaseSchema),
    }),
  ),
})
