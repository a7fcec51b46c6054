import { type DomainName, deviceDomain } from '../domain/domain-name.js'
import { isFlavorLicenseError } from '../domain/errors.js'
import type { Hash } from '../ports/hash.js'
import type { Random } from '../ports/random.js'
import type { RecordStore } from '../ports/record-store.js'
import type { Signature } from '../ports/signature.js'
import { decodeBase64Url, encodeBase64Url } from '../protocol/base64url.js'
import { toHex } from './digest.js'
import type { Settings } from './settings.js'
import type { Warn } from './warnings.js'

/** Who this installation is. */
export interface Identity {
  /** Random, not derived from the hardware: containers and cloned machines work. */
  readonly installation: string
  /** The domain that the license is bound to, with `auto` resolved. */
  readonly domain: DomainName
  /** The client's own key pair, which signs the records. */
  readonly clientSeed: Uint8Array
  readonly clientKey: Uint8Array
}

interface IdentityPorts {
  readonly hash: Hash
  readonly random: Random
  readonly signature: Signature
  readonly store: RecordStore
}

const installationFile = 'installation-v1'
const clientKeyFile = 'client-key-v1'

/** Reads the identity when it is first needed, and makes it when there is none. */
export function createIdentitySource(settings: Settings, ports: IdentityPorts, warn: Warn): () => Promise<Identity> {
  let identity: Promise<Identity> | undefined
  return () => {
    identity ??= loadIdentity(settings, ports, warn).catch((error: unknown) => {
      identity = undefined
      throw error
    })
    return identity
  }
}

async function loadIdentity(settings: Settings, ports: IdentityPorts, warn: Warn): Promise<Identity> {
  const { hash, signature } = ports
  const lost = () => warn('installation-not-kept')
  const installation = settings.installation ?? encodeBase64Url(await keptBytes(installationFile, 16, ports, lost))
  const clientSeed = await keptBytes(clientKeyFile, 32, ports)
  const domain =
    settings.domain === 'auto'
      ? deviceDomain(toHex(hash.sha256(new TextEncoder().encode(installation))))
      : settings.domain
  return { installation, domain, clientSeed, clientKey: signature.publicKey(clientSeed) }
}

/** False where the key that signs the records is not on disk: it never got there, or somebody removed the directory. */
export async function isIdentityKept(store: RecordStore): Promise<boolean> {
  return (await store.read(clientKeyFile)) !== undefined
}

/** Puts an identity on disk where it is missing: a record is worth nothing without the key that signed it. */
export async function keepIdentity(identity: Identity, settings: Settings, store: RecordStore): Promise<void> {
  if (await isIdentityKept(store)) return
  if (settings.installation === null) await store.publishOnce(installationFile, encode(identity.installation))
  await store.publishOnce(clientKeyFile, encode(encodeBase64Url(identity.clientSeed)))
}

/** Random bytes that are made once and kept. Of several processes that start at once, all get the same. */
async function keptBytes(
  name: string,
  length: number,
  { store, random }: IdentityPorts,
  onLost?: () => void,
): Promise<Uint8Array> {
  const fresh = random.bytes(length)
  try {
    const content = await store.read(name)
    const kept = parseKept(content, length)
    if (kept) return kept
    // What is there but makes no sense would be in the way for ever.
    if (content) await store.setAside(name)
    return parseKept(await store.publishOnce(name, encode(encodeBase64Url(fresh))), length) ?? fresh
  } catch (error) {
    if (isFlavorLicenseError(error)) throw error
    onLost?.()
    return fresh
  }
}

function parseKept(content: Uint8Array | undefined, length: number): Uint8Array | undefined {
  if (!content) return undefined
  const bytes = decodeBase64Url(new TextDecoder().decode(content))
  return bytes?.length === length ? bytes : undefined
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
