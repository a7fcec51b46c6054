import { toHex } from '../../asking/digest.js'
import { isFlavorLicenseError } from '../../domain/errors.js'
import { type DomainName, deviceDomain } from '../../domain/license/domain-name.js'
import type { Hash } from '../../ports/hash.js'
import type { Random } from '../../ports/random.js'
import type { RecordStore } from '../../ports/record-store.js'
import { decodeBase64Url, encodeBase64Url } from '../../protocol/base64url.js'
import type { Settings } from '../settings.js'
import type { Warn } from '../warnings.js'

/** Who this installation is. */
export interface Identity {
  /** Random, not derived from the hardware: containers and cloned machines work. */
  readonly installation: string
  /** The domain that the license is bound to, with `auto` resolved. */
  readonly domain: DomainName
  /** The client's own private key, as its seed: it signs the records. */
  readonly clientSeed: Uint8Array
}

/** What an identity needs of a store. */
export interface IdentityStore extends Pick<RecordStore, 'read' | 'publishOnce' | 'setAside'> {
  /** False after a reading that had to do without what other machines go by. */
  readonly isSettled?: () => boolean
}

interface IdentityPorts {
  readonly hash: Hash
  readonly random: Random
  readonly openStore: () => Promise<IdentityStore>
}

const installationFile = 'installation-v1'
const clientKeyFile = 'client-key-v1'

/**
 * Reads the identity when it is first needed, and makes it when there is none. One that could not be kept, or may not
 * be that of the other machines, is looked for again the next time, so that a disk that fails once does not leave
 * records that only this process can read.
 */
export function createIdentitySource(settings: Settings, ports: IdentityPorts, warn: Warn): () => Promise<Identity> {
  const installationId = keepsake(installationFile, 16, ports.random)
  const clientSeed = keepsake(clientKeyFile, 32, ports.random)
  let identity: Promise<Identity> | undefined

  async function load(): Promise<Identity> {
    const { hash } = ports
    const store = await ports.openStore()
    const own = settings.installation
    // At once, since every start waits for them.
    const [installation, seed] = await Promise.all([
      own === null ? keptBytes(installationId, store) : null,
      keptBytes(clientSeed, store),
    ])
    if (installation?.kept === false) warn('installation-not-kept')
    if (installation?.kept === false || !seed.kept || store.isSettled?.() === false) identity = undefined

    const id = own ?? encodeBase64Url(installation?.bytes ?? installationId.make())
    const domain =
      settings.domain === 'auto' ? deviceDomain(toHex(hash.sha256(new TextEncoder().encode(id)))) : settings.domain
    return { installation: id, domain, clientSeed: seed.bytes }
  }

  return () => {
    identity ??= load().catch((error: unknown) => {
      identity = undefined
      throw error
    })
    return identity
  }
}

/** Random bytes that are made once and kept. */
interface Keepsake {
  readonly name: string
  readonly length: number
  /** Gives the same each time. */
  readonly make: () => Uint8Array
}

function keepsake(name: string, length: number, random: Random): Keepsake {
  let made: Uint8Array | undefined
  return {
    name,
    length,
    make() {
      made ??= random.bytes(length)
      return made
    },
  }
}

/** False where the key that signs the records is not on disk: it never got there, or somebody removed the directory. */
export async function isIdentityKept(store: RecordStore): Promise<boolean> {
  return (await store.read(clientKeyFile)) !== undefined
}

/** Puts an identity on disk where it is missing: a record is worth nothing without the key that signed it. */
export async function keepIdentity(identity: Identity, settings: Settings, store: RecordStore): Promise<void> {
  if (settings.installation === null) await keepText(installationFile, identity.installation, store)
  await keepText(clientKeyFile, encodeBase64Url(identity.clientSeed), store)
}

async function keepText(name: string, text: string, store: RecordStore): Promise<void> {
  if ((await store.read(name)) === undefined) await store.publishOnce(name, encode(text))
}

interface KeptBytes {
  readonly bytes: Uint8Array
  /** Whether they are on disk, for other processes to find. */
  readonly kept: boolean
}

/** Of several processes that start at once, all get the same. */
async function keptBytes({ name, length, make }: Keepsake, store: IdentityStore): Promise<KeptBytes> {
  try {
    const content = await store.read(name)
    const found = parseKept(content, length)
    if (found) return { bytes: found, kept: true }
    // What is there but makes no sense would be in the way for ever.
    if (content) await store.setAside(name)
    const published = parseKept(await store.publishOnce(name, encode(encodeBase64Url(make()))), length)
    return { bytes: published ?? make(), kept: published !== undefined }
  } catch (error) {
    if (isFlavorLicenseError(error)) throw error
    return { bytes: make(), kept: false }
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
