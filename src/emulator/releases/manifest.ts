import * as v from 'valibot'
import {
  countSchema,
  type Schema,
  sha256HexSchema,
  textSchema,
  timestampSchema,
} from '../../protocol/wire/primitives.js'
import { channelSchema, rangeSchema, versionSchema } from '../field-schemas.js'
import type { Channel } from '../hub/release.js'

/** What stands beside an archive in a file `*.release.json`. `flavor-license release sign` writes one. */
export interface Manifest {
  /** The product's slug. */
  readonly product: string
  /** The product or one of its components. @defaultValue the product */
  readonly slug?: string
  readonly version: string
  /** The archive, in the same folder. */
  readonly filename: string
  /** @defaultValue 'stable' */
  readonly channel?: Channel
  /** RFC 3339. @defaultValue when the archive was last changed */
  readonly released_at?: string
  /** @defaultValue null */
  readonly requires?: { readonly product?: string } | null
  /** @defaultValue false */
  readonly mandatory?: boolean
  /** Markdown. @defaultValue '' */
  readonly changelog?: string
  /** @defaultValue null */
  readonly changelog_url?: string | null
  /** Bytes. Where it is stated, the archive must have it. */
  readonly size?: number
  /** In hex. Where it is stated, the archive must have it. */
  readonly sha256?: string
  /** The vendor's own release token. @defaultValue the hub signs */
  readonly token?: string | null
  /** What the catalog says of a component that the hub does not know yet. */
  readonly component?: { readonly name?: string; readonly category?: string; readonly required_tier?: string }
}

const slugSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/, 'must be lower-case letters, digits and hyphens'))

/** One name in the same folder: a path would reach out of it. */
const filenameSchema = v.pipe(
  v.string(),
  v.regex(/^(?!\.)[^/\\\p{Cc}"]{1,255}$/u, 'must be the name of a file in the same folder'),
)

export const manifestSchema: Schema<Manifest> = v.strictObject({
  product: slugSchema,
  slug: v.exactOptional(slugSchema),
  version: versionSchema,
  filename: filenameSchema,
  channel: v.exactOptional(channelSchema),
  released_at: v.exactOptional(timestampSchema),
  requires: v.exactOptional(
    v.nullable(
      v.strictObject({
        product: v.exactOptional(rangeSchema),
      }),
    ),
  ),
  mandatory: v.exactOptional(v.boolean()),
  changelog: v.exactOptional(textSchema),
  changelog_url: v.exactOptional(v.nullable(textSchema)),
  size: v.exactOptional(countSchema),
  sha256: v.exactOptional(sha256HexSchema),
  token: v.exactOptional(v.nullable(v.string())),
  component: v.exactOptional(
    v.strictObject({
      name: v.exactOptional(textSchema),
      category: v.exactOptional(textSchema),
      required_tier: v.exactOptional(textSchema),
    }),
  ),
})
