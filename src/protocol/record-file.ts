import { type Entitlement, emptyRecord, type LicenseRecord } from '../domain/license/record.js'
import { decodeBase64Url } from './base64url.js'
import { parseJson } from './json.js'
import { openJws, type SignMessage, sealJws, type VerifySignature } from './jws.js'
import { openLicenseToken } from './license-token.js'
import { openOfflineLicense } from './offline-license.js'
import { isAnything, isText, objectOf } from './shape.js'
import { readStoredRecord } from './stored-record.js'
import { tokenType } from './wire/token.js'

/** What a record belongs to. A record of another scope is not a record here. */
export interface RecordScope {
  readonly hub: string
  readonly product: string
  readonly domain: string
  readonly installation: string
}

export interface RecordTrust {
  /** The hub's pinned keys. Where there are any, only the hub's token is evidence. */
  readonly hubKeys: ReadonlyMap<string, Uint8Array>
  /** The private key of this client, as its seed: it signs the envelope. */
  readonly clientSeed: Uint8Array
  readonly verifyOwn: VerifySignature
  readonly verify: VerifySignature
  /** SHA-256 of a license key in hex. */
  readonly digestKey: (licenseKey: string) => string
}

/**
 * - `malformed`: not a record at all: torn, truncated, or something else.
 * - `forged`: the signature does not hold, and there is no hub token that would prove its content.
 * - `foreign`: a genuine record of another hub, product, domain or installation.
 */
export type RecordFileProblem = 'malformed' | 'forged' | 'foreign'

export type RecordFileResult =
  | { readonly ok: true; readonly record: LicenseRecord }
  | { readonly ok: false; readonly problem: RecordFileProblem }

interface Envelope extends RecordScope {
  readonly record: unknown
}

const isEnvelope = objectOf<Envelope>({
  hub: isText,
  product: isText,
  domain: isText,
  installation: isText,
  record: isAnything,
})

const clientKeyId = 'client'

/** The bytes of a record file: a JWS signed by the client's own key, bound to its scope. */
export function sealRecord(record: LicenseRecord, scope: RecordScope, sign: SignMessage): string {
  const { hub, product, domain, installation } = scope
  return sealJws(tokenType.record, clientKeyId, { hub, product, domain, installation, record }, sign)
}

export function openRecord(compact: string, scope: RecordScope, trust: RecordTrust): RecordFileResult {
  const opened = openJws(compact, {
    type: tokenType.record,
    keys: new Map([[clientKeyId, trust.clientSeed]]),
    verify: trust.verifyOwn,
  })
  const pinned = trust.hubKeys.size > 0
  if (!opened.ok && !pinned) {
    return { ok: false, problem: opened.problem === 'bad-signature' ? 'forged' : 'malformed' }
  }

  const envelope = parseJson(opened.ok ? opened.payload : unverifiedPayload(compact))
  const record = isEnvelope(envelope) ? readStoredRecord(envelope.record) : undefined
  if (!isEnvelope(envelope) || !record) return { ok: false, problem: 'malformed' }

  // A record that was copied from another site, product or machine carries a genuine signature all the same.
  if (!isSameScope(envelope, scope)) return { ok: false, problem: 'foreign' }
  if (!pinned) return { ok: true, record }

  const entitlement = provenEntitlement(record, scope, trust)
  if (opened.ok) return { ok: true, record: { ...record, entitlement } }

  // The envelope was edited or damaged, or the client's key was lost. The hub's token still stands on its own; what
  // only the envelope vouched for (clock, back-off, pending work) is dropped.
  if (!entitlement) return { ok: false, problem: 'forged' }
  return {
    ok: true,
    record: {
      ...emptyRecord,
      epoch: record.epoch,
      serial: record.serial,
      licenseKey: record.licenseKey,
      token: record.token,
      entitlement,
      lastWordAt: entitlement.basis === 'hub' ? entitlement.issuedAt : record.lastWordAt,
      clock: { offset: 0, floor: entitlement.issuedAt },
    },
  }
}

/** What a record says that it belongs to. Nothing vouches for it: good for a hint to the user, never for a decision. */
export function statedScope(compact: string): RecordScope | undefined {
  const envelope = parseJson(unverifiedPayload(compact))
  return isEnvelope(envelope) ? envelope : undefined
}

/** Where keys are pinned, what the record states without the hub's signature counts for nothing (client-side edits). */
function provenEntitlement(record: LicenseRecord, scope: RecordScope, trust: RecordTrust): Entitlement | null {
  if (record.token === null) return null
  const expected = { ...scope, keys: trust.hubKeys, verify: trust.verify }
  const opened =
    record.licenseKey === null
      ? openOfflineLicense(record.token, expected)
      : openLicenseToken(record.token, { ...expected, subject: trust.digestKey(record.licenseKey), nonce: null })
  return opened.ok ? opened.entitlement : null
}

function unverifiedPayload(compact: string): Uint8Array {
  return decodeBase64Url(compact.split('.')[1] ?? '') ?? new Uint8Array()
}

function isSameScope(a: RecordScope, b: RecordScope): boolean {
  return a.hub === b.hub && a.product === b.product && a.domain === b.domain && a.installation === b.installation
}
