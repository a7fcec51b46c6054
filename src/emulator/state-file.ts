import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { Schema } from '../protocol/wire/primitives.js'
import { channelSchema, sourceSchema, statusSchema } from './field-schemas.js'
import type { HubState } from './hub/state.js'
import { portalStateSchema } from './portal/state-schema.js'

/** A state file that cannot be read back. */
export class EmulatorStateError extends Error {
  override readonly name: string = 'EmulatorStateError'
  readonly code = 'invalid-state' as const
}

const version = 2

const releaseSchema = v.object({
  version: v.string(),
  channel: channelSchema,
  releasedAt: v.number(),
  changelog: v.string(),
  changelogUrl: v.nullable(v.string()),
  requiresProduct: v.nullable(v.string()),
  mandatory: v.boolean(),
  filename: v.string(),
  content: v.variant('kind', [
    v.object({
      kind: v.literal('archive'),
      files: v.nullable(v.record(v.string(), v.string())),
      padding: v.number(),
    }),
    v.object({ kind: v.literal('generated'), bytes: v.number() }),
    v.object({ kind: v.literal('base64'), base64: v.string() }),
    v.object({ kind: v.literal('text'), text: v.string() }),
  ]),
})

const stateSchema: Schema<HubState> = v.object({
  signingKeys: v.pipe(
    v.array(v.object({ keyId: v.string(), seed: v.string(), publicKey: v.string() })),
    v.minLength(1),
  ),
  products: v.array(
    v.object({
      id: v.number(),
      slug: v.string(),
      name: v.string(),
      features: v.record(v.string(), v.array(v.string())),
      releases: v.array(releaseSchema),
      components: v.array(
        v.object({
          slug: v.string(),
          name: v.string(),
          category: v.string(),
          requiredTier: v.string(),
          releases: v.array(releaseSchema),
        }),
      ),
    }),
  ),
  licenses: v.array(
    v.object({
      id: v.number(),
      key: v.string(),
      product: v.string(),
      tier: v.string(),
      status: statusSchema,
      source: sourceSchema,
      expiresAt: v.nullable(v.number()),
      features: v.array(v.string()),
      activationLimit: v.nullable(v.number()),
      activations: v.array(
        v.object({ domain: v.string(), installationId: v.nullable(v.string()), activatedAt: v.number() }),
      ),
      ownerId: v.nullable(v.number()),
      clientId: v.nullable(v.number()),
      createdAt: v.number(),
    }),
  ),
  portal: portalStateSchema,
})

const fileSchema: Schema<{ readonly version: typeof version; readonly state: HubState }> = v.object({
  version: v.literal(version),
  state: stateSchema,
})

/** `undefined` where there is no file yet. */
export function readStateFile(file: string): HubState | undefined {
  const text = readIfPresent(file)
  if (text === undefined) return undefined
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), fileSchema), text)
  if (parsed.success) return parsed.output.state
  throw new EmulatorStateError(`The state file ${file} is not one that this emulator wrote; delete it to start afresh.`)
}

/** Either the old state or the new one is there after a crash, never a torn one and never neither. */
export function writeStateFile(file: string, state: HubState): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, JSON.stringify({ version, state }), { mode: 0o600, flush: true })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncDirectory(dirname(file))
}

/** Windows cannot open a directory, and needs no such step. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
