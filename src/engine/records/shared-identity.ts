import type { RecordStore } from '../../ports/record-store.js'
import type { IdentityStore } from './identity.js'

/**
 * Where machines that share a store find who they are: all of them one installation, with one key pair. Each keeps a
 * copy, for the time when the store is out of reach, and to fill a store that has lost everything.
 *
 * @param onFailure - Hears that the shared store failed.
 */
export function sharedIdentityStore(
  shared: RecordStore,
  copy: RecordStore,
  onFailure: (error: unknown) => void,
): IdentityStore {
  /** Names whose last reading had to do with the copy. */
  const unsettled = new Set<string>()

  async function keepCopy(name: string, content: Uint8Array): Promise<Uint8Array> {
    const own = await copy.read(name).catch(() => undefined)
    const isSame = own !== undefined && Buffer.compare(own, content) === 0
    if (!isSame) await copy.publish(name, content).catch(() => undefined)
    return content
  }

  async function publishOnce(name: string, content: Uint8Array): Promise<Uint8Array> {
    return keepCopy(name, await shared.publishOnce(name, content))
  }

  async function readShared(name: string): Promise<Uint8Array | undefined> {
    const content = await shared.read(name)
    if (content !== undefined) return keepCopy(name, content)
    const own = await copy.read(name).catch(() => undefined)
    return own && publishOnce(name, own)
  }

  return {
    async read(name) {
      try {
        const content = await readShared(name)
        unsettled.delete(name)
        return content
      } catch (error) {
        onFailure(error)
        unsettled.add(name)
        return copy.read(name)
      }
    },
    publishOnce,
    async setAside(name) {
      await shared.setAside(name)
      await copy.setAside(name)
    },
    isSettled: () => unsettled.size === 0,
  }
}
