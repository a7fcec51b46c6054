import type { Seed } from '../seed-file.js'
import type { Account } from './accounts.js'
import type { Pack } from './packs.js'
import { hashPasswordNow } from './password.js'
import { emptyPortal, type PortalState } from './state.js'

const dayMs = 86_400_000

/** The accounts and packs of a seed. */
export function seededPortal({ accounts: seeded = [] }: Seed, now: number): PortalState {
  const accounts = seeded.map(
    ({ email, name, type, password, password_hash }, index): Account => ({
      id: index + 1,
      email,
      name,
      type,
      passwordHash: password_hash ?? hashPasswordNow(password),
      createdAt: now,
    }),
  )
  const owned = seeded.flatMap(({ packs = [] }, index) => packs.map((pack) => ({ ownerId: index + 1, pack })))
  const packs = owned.map(
    ({ ownerId, pack }, index): Pack => ({
      id: accounts.length + 1 + index,
      ownerId,
      size: pack.size,
      bundle: pack.bundle ?? null,
      used: pack.used ?? 0,
      boughtAt: now - (pack.bought_days_ago ?? 0) * dayMs,
    }),
  )
  return { ...emptyPortal(now), lastId: accounts.length + packs.length, accounts, packs }
}
