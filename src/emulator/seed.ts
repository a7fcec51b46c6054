import * as v from 'valibot'
import { accountTypes, shortestPassword } from '../protocol/wire/portal/auth.js'
import { type Schema, textSchema, timestampSchema } from '../protocol/wire/primitives.js'
import {
  byteCountSchema,
  channelSchema,
  hostSchema,
  licenseKeySchema,
  rangeSchema,
  sourceSchema,
  statusSchema,
  versionSchema,
} from './field-schemas.js'
import { isEmail } from './portal/email.js'
import { isPasswordHash } from './portal/password.js'
import { problemOf } from './schema-problem.js'
import type { Seed } from './seed-file.js'

/** A seed that cannot be used. Its message names the wrong field by its path. */
export class EmulatorSeedError extends Error {
  override readonly name: string = 'EmulatorSeedError'
  readonly code = 'invalid-seed' as const
}

const slugSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and dashes'))
const daysSchema = v.pipe(v.number(), v.finite())
const base64Schema = v.pipe(v.string(), v.base64('must be base64'))

const contentSchema = v.union(
  [
    v.strictObject({ text: textSchema }),
    v.strictObject({ base64: base64Schema }),
    v.strictObject({ bytes: byteCountSchema }),
    v.strictObject({
      files: v.exactOptional(v.record(v.pipe(v.string(), v.minLength(1)), textSchema)),
      padding: v.exactOptional(byteCountSchema),
    }),
  ],
  'must be one of {"files", "padding"}, {"text"}, {"base64"} and {"bytes"}',
)

const releaseEntries = {
  version: versionSchema,
  channel: v.exactOptional(channelSchema),
  /** Either a time or days before the emulator's start, so that a seed does not go stale. */
  released_at: v.exactOptional(timestampSchema),
  released_days_ago: v.exactOptional(daysSchema),
  changelog: v.exactOptional(textSchema),
  changelog_url: v.exactOptional(v.nullable(textSchema)),
  requires_product: v.exactOptional(v.nullable(rangeSchema)),
  mandatory: v.exactOptional(v.boolean()),
  filename: v.exactOptional(textSchema),
  content: v.exactOptional(contentSchema),
}

const seedReleaseSchema = v.pipe(
  v.strictObject(releaseEntries),
  v.check(
    (release) => release.released_at === undefined || release.released_days_ago === undefined,
    'must not have both released_at and released_days_ago',
  ),
)

const seedComponentSchema = v.strictObject({
  slug: slugSchema,
  name: textSchema,
  category: textSchema,
  required_tier: textSchema,
  releases: v.array(seedReleaseSchema),
})

const seedProductSchema = v.strictObject({
  slug: slugSchema,
  name: textSchema,
  features: v.exactOptional(v.record(v.string(), v.array(textSchema))),
  releases: v.array(seedReleaseSchema),
  components: v.exactOptional(v.array(seedComponentSchema)),
})

const seedActivationSchema = v.pipe(
  v.strictObject({
    domain: hostSchema,
    installation_id: v.exactOptional(v.nullable(textSchema)),
    activated_at: v.exactOptional(timestampSchema),
    activated_days_ago: v.exactOptional(daysSchema),
  }),
  v.check(
    (activation) => activation.activated_at === undefined || activation.activated_days_ago === undefined,
    'must not have both activated_at and activated_days_ago',
  ),
)

const seedLicenseSchema = v.pipe(
  v.strictObject({
    key: licenseKeySchema,
    product: slugSchema,
    owner: v.exactOptional(textSchema),
    tier: textSchema,
    status: v.exactOptional(statusSchema),
    source: v.exactOptional(sourceSchema),
    /** `null` is a lifetime license. */
    expires_at: v.exactOptional(v.nullable(timestampSchema)),
    /** Days from the emulator's start; negative for one that has expired. */
    expires_in_days: v.exactOptional(daysSchema),
    features: v.exactOptional(v.array(textSchema)),
    activation_limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(-1))),
    activations: v.exactOptional(v.array(seedActivationSchema)),
  }),
  v.check(
    (license) => (license.expires_at === undefined) !== (license.expires_in_days === undefined),
    'must have exactly one of expires_at and expires_in_days',
  ),
)

const seedSigningKeySchema = v.strictObject({
  kid: v.pipe(v.string(), v.minLength(1, 'must not be empty')),
  seed: v.pipe(
    v.string(),
    v.check(
      (text) => Buffer.from(text, 'base64url').toString('base64url') === text && text.length === 43,
      'must be 32 bytes as base64url (43 characters)',
    ),
  ),
})

const packCountSchema = v.pipe(v.number(), v.integer(), v.minValue(0))

const seedPackSchema = v.strictObject({
  size: packCountSchema,
  bundle: v.exactOptional(v.nullable(textSchema)),
  used: v.exactOptional(packCountSchema),
  bought_days_ago: v.exactOptional(daysSchema),
})

const seedAccountSchema = v.strictObject({
  email: v.pipe(v.string(), v.check(isEmail, 'must be an e-mail address in lower case')),
  name: textSchema,
  type: v.picklist(accountTypes, `must be ${accountTypes.join(', ')}`),
  password: v.pipe(v.string(), v.minLength(shortestPassword, `must have at least ${shortestPassword} characters`)),
  password_hash: v.exactOptional(
    v.pipe(v.string(), v.check(isPasswordHash, 'must be scrypt$N$r$p$salt$hash as this emulator writes it')),
  ),
  packs: v.exactOptional(v.array(seedPackSchema)),
})

/** The shape of a seed file. */
export const seedSchema: Schema<Seed> = v.strictObject({
  $schema: v.exactOptional(v.string()),
  signing_keys: v.pipe(v.array(seedSigningKeySchema), v.minLength(1, 'must hold at least one key')),
  products: v.array(seedProductSchema),
  licenses: v.array(seedLicenseSchema),
  accounts: v.exactOptional(v.array(seedAccountSchema)),
})

/**
 * A seed from parsed JSON.
 *
 * @throws EmulatorSeedError with the path of the first wrong field.
 */
export function parseSeed(value: unknown): Seed {
  if (typeof value === 'string') {
    const content = "JSON.parse(readFileSync('hub.json', 'utf8'))"
    throw new EmulatorSeedError(
      `The seed is not usable: it must be the parsed content of a file, ${content}, not a text.`,
    )
  }
  const result = v.safeParse(seedSchema, value, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    throw new EmulatorSeedError(`The seed is not usable: ${problemOf(issue, 'a seed', 'it')}.`)
  }
  requireConsistency(result.output)
  return result.output
}

function requireConsistency(seed: Seed): void {
  requireUnique(
    'signing_keys',
    'kid',
    seed.signing_keys.map(({ kid }) => kid),
  )
  requireUnique(
    'products',
    'slug',
    seed.products.map(({ slug }) => slug),
  )
  requireUnique(
    'licenses',
    'key',
    seed.licenses.map(({ key }) => key),
  )
  const accounts = (seed.accounts ?? []).map(({ email }) => email)
  requireUnique('accounts', 'email', accounts)
  for (const [index, product] of seed.products.entries()) {
    const path = `products[${index}]`
    const components = product.components ?? []
    requireUnique(
      `${path}.releases`,
      'version',
      product.releases.map(({ version }) => version),
    )
    requireUnique(
      `${path}.components`,
      'slug',
      components.map(({ slug }) => slug),
    )
    for (const [place, { releases }] of components.entries()) {
      requireUnique(
        `${path}.components[${place}].releases`,
        'version',
        releases.map(({ version }) => version),
      )
    }
  }
  const products = new Set(seed.products.map(({ slug }) => slug))
  for (const [index, { product, owner, activations }] of seed.licenses.entries()) {
    if (owner !== undefined && !accounts.includes(owner)) {
      throw new EmulatorSeedError(`The seed is not usable: licenses[${index}].owner names no account of the seed.`)
    }
    if (!products.has(product)) {
      throw new EmulatorSeedError(`The seed is not usable: licenses[${index}].product names no product of the seed.`)
    }
    requireUnique(
      `licenses[${index}].activations`,
      'domain',
      (activations ?? []).map(({ domain }) => domain),
    )
  }
}

function requireUnique(list: string, field: string, values: readonly string[]): void {
  const repeated = values.findIndex((value, index) => values.indexOf(value) !== index)
  if (repeated < 0) return
  throw new EmulatorSeedError(`The seed is not usable: ${list}[${repeated}].${field} repeats an earlier one.`)
}
