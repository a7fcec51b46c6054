import type { LedgerStore, LedgerVersion } from '../ports/ledger-store.js'

/** Ledgers that one process keeps to itself: no other sees them, and they end with it. */
export function memoryLedgerStore(): LedgerStore {
  const ledgers = new Map<string, LedgerVersion>()
  const newest = (name: string): LedgerVersion => ledgers.get(name) ?? { version: 0, content: undefined }
  return {
    async read(name) {
      const { version, content } = newest(name)
      return { version, content: content?.slice() }
    },
    async advance(name, version, content) {
      if (newest(name).version !== version) return false
      ledgers.set(name, { version: version + 1, content: content.slice() })
      return true
    },
  }
}
