import type { PortalTokens } from '../domain/portal/account.js'
import type { TokenStore } from '../ports/token-store.js'
import { decodePortalTokens, encodePortalTokens } from '../protocol/portal-token-file.js'

/** The tokens of one login, in the store and in memory. A store that fails costs logins, never a call. */
export interface TokenShelf {
  /** The newest tokens that there are, whoever brought them. */
  get(): Promise<PortalTokens | undefined>
  /** What this program saw last. */
  remembered(): PortalTokens | undefined
  put(tokens: PortalTokens): Promise<void>
  clear(): Promise<void>
  takeTurn<Result>(operation: () => Promise<Result>): Promise<Result>
}

/** @param subject - Whose tokens count; `null` for those of any account. */
export function createTokenShelf(store: TokenStore, name: string, subject: string | null): TokenShelf {
  let remembered: PortalTokens | undefined
  /** The store holds tokens that are used up: to use them again would look like theft to the hub. */
  let storeIsBehind = false

  async function load(): Promise<PortalTokens | undefined> {
    const text = await store.load(name)
    const tokens = text === undefined ? undefined : decodePortalTokens(text)
    return tokens && (subject === null || tokens.subject === subject) ? tokens : undefined
  }

  async function write(change: () => Promise<void>): Promise<void> {
    storeIsBehind = await change().then(
      () => false,
      () => true,
    )
  }

  return {
    async get() {
      const stored = storeIsBehind ? undefined : await load().catch(() => undefined)
      remembered = stored ?? remembered
      return remembered
    },
    remembered: () => remembered,
    async put(tokens) {
      // Whoever had the login keeps it, also where its owner is not known.
      remembered = subject === null ? { ...tokens, subject: remembered?.subject ?? tokens.subject } : tokens
      const text = encodePortalTokens(remembered)
      await write(() => store.save(name, text))
    },
    async clear() {
      remembered = undefined
      await write(() => store.remove(name))
    },
    async takeTurn(operation) {
      let begun: ReturnType<typeof operation> | undefined
      const begin = () => {
        begun = operation()
        return begun
      }
      try {
        return await store.takeTurn(name, begin)
      } catch {
        return begun ?? operation()
      }
    },
  }
}
