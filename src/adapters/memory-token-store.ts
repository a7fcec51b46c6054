import type { TokenStore } from '../ports/token-store.js'

/** Tokens that end with the process: nobody else waits for a turn. */
export function memoryTokenStore(): TokenStore {
  const kept = new Map<string, string>()
  return {
    load: async (name) => kept.get(name),
    async save(name, tokens) {
      kept.set(name, tokens)
    },
    async remove(name) {
      kept.delete(name)
    },
    takeTurn: (_name, operation) => operation(),
  }
}
