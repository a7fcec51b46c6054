import { digestText, scopeDigest } from '../../asking/digest.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import type { Hash } from '../../ports/hash.js'
import type { RecordStore } from '../../ports/record-store.js'
import type { MachineSignature } from '../../ports/signature.js'
import { openRecord, type RecordScope, sealRecord, statedScope } from '../../protocol/record-file.js'
import type { Settings } from '../settings.js'
import type { Warn } from '../warnings.js'
import { type Identity, isIdentityKept, keepIdentity } from './identity.js'
import { isRecordName, recordName, recordOrder, recordPrefix, recordSeries } from './record-name.js'

/** The records of one scope in the store, sealed and opened. */
export interface RecordShelf {
  read(): Promise<LicenseRecord | RecordProblem>
  publish(record: LicenseRecord): Promise<void>
  /** Whether not even the identity is there, that is the directory itself has been removed, or never was. */
  isGone(): Promise<boolean>
  /** Removes every generation, those that were set aside included. Answers how many there were. */
  clear(): Promise<number>
}

interface ShelfPorts {
  readonly hash: Hash
  readonly signature: MachineSignature
  readonly store: RecordStore
}

interface Scan {
  readonly record: LicenseRecord | RecordProblem
  /** Names of the record and of those before it, newest first. */
  readonly names: readonly string[]
}

/** How often a scan starts over because other processes keep publishing under it. */
const scanAttempts = 8

export function recordShelf(
  settings: Settings,
  { hash, signature, store }: ShelfPorts,
  identity: Identity,
  warn: Warn,
): RecordShelf {
  const { hub, hubKeys, product } = settings
  const { installation, domain, clientSeed } = identity
  const scope: RecordScope = { hub, product: product.slug, domain, installation }
  const series = recordSeries(scopeDigest(hash, hub, product.slug, domain))
  const trust = { hubKeys, clientSeed, digestKey: (licenseKey: string) => digestText(hash, licenseKey) }

  async function scan(): Promise<Scan> {
    for (let attempt = 0; attempt < scanAttempts; attempt += 1) {
      const found = await scanOnce()
      if (found) return found
    }
    return { record: 'record-unreadable', names: [] }
  }

  /** `undefined` when a listed file was gone: a newer record has been published since, and the listing is outdated. */
  async function scanOnce(): Promise<Scan | undefined> {
    const listed = await store.list(series)
    const names = listed.filter(isRecordName).sort().reverse()
    let failure: unknown
    for (const [position, name] of names.entries()) {
      const content = await store.read(name).catch((error: unknown) => {
        failure = error
        return null
      })
      if (content === undefined) return undefined
      // A bad sector must not hide the generation before.
      if (content === null) continue
      const compact = new TextDecoder().decode(content)
      const opened = await signature.open((verifying) => openRecord(compact, scope, { ...trust, ...verifying }))
      // A record under another's name would let an old one pass for the newest (replay by renaming).
      if (opened.ok && name.startsWith(`${series}${recordOrder(opened.record)}-`)) {
        return { record: opened.record, names: names.slice(position) }
      }
      if (!opened.ok && opened.problem === 'foreign') {
        warn('record-foreign')
      } else {
        warn('record-damaged', opened.ok ? 'misnamed' : opened.problem)
        // Nor must a disk on which nothing can be moved.
        await store.setAside(name).catch(() => undefined)
      }
    }
    if (failure !== undefined) throw failure
    // Whoever looks a second time finds a damaged record set aside, and must be told the same.
    return { record: listed.length > 0 ? 'record-unreadable' : 'no-record', names: [] }
  }

  /** A site that has moved finds no record: the customer should learn why. */
  async function warnOfOtherDomain(): Promise<void> {
    for (const name of (await store.list(recordPrefix)).filter(isRecordName)) {
      const content = await store.read(name)
      const stated = content && statedScope(new TextDecoder().decode(content))
      if (stated?.hub === hub && stated.product === product.slug && stated.domain !== domain) {
        return warn('domain-changed', `${stated.domain} is not ${domain}`)
      }
    }
  }

  async function namesAside(): Promise<readonly string[]> {
    return (await store.list(series)).filter((name) => !isRecordName(name))
  }

  async function removeAll(names: readonly string[]): Promise<void> {
    for (const name of names) await store.remove(name)
  }

  /** Keeps one generation besides the newest; none of a key that has been given up, nor what was set aside of it. */
  async function removeOutdated({ record: newest, names }: Scan): Promise<void> {
    if (typeof newest === 'string') return
    if (holdsKey(newest)) await removeAll(names.slice(2))
    else await removeAll([...(await namesAside()), ...names.slice(1)])
  }

  return {
    async read() {
      const found = await scan()
      const { record, names } = found
      if (record === 'no-record') await warnOfOtherDomain()
      // A process that is killed while it forgets a key leaves the key behind the record that says so.
      if (typeof record !== 'string' && !holdsKey(record) && names.length > 1) {
        await removeOutdated(found).catch(() => undefined)
      }
      return record
    },

    async publish(record) {
      await keepIdentity(identity, settings, store)
      const compact = sealRecord(record, scope, (message) => signature.sign(clientSeed, message))
      await store.publish(recordName(series, record, digestText(hash, compact)), new TextEncoder().encode(compact))

      // What is newest now decides what goes: another process may have published meanwhile.
      await removeOutdated(await scan())
    },

    isGone: async () => !(await isIdentityKept(store)),

    async clear() {
      const names = await store.list(series)
      await removeAll(names)
      return names.length
    },
  }
}

function holdsKey({ licenseKey, pending }: LicenseRecord): boolean {
  return licenseKey !== null || pending !== null
}
