/** A pack of licenses that a reseller or an agency paid in advance. */
export interface Pack {
  readonly id: number
  readonly ownerId: number
  readonly size: number
  readonly bundle: string | null
  readonly used: number
  /** Epoch milliseconds: the oldest pack is used first. */
  readonly boughtAt: number
}

/** Takes credits from an account's packs, the oldest first, and says how many they could not cover. */
export function withDrawnCredits(
  packs: readonly Pack[],
  ownerId: number,
  credits: number,
): { readonly packs: readonly Pack[]; readonly missing: number } {
  let missing = credits
  const drawn = new Map<number, Pack>()
  for (const pack of packsOf(packs, ownerId)) {
    const taken = Math.min(missing, remainingIn(pack))
    missing -= taken
    drawn.set(pack.id, { ...pack, used: pack.used + taken })
  }
  return { packs: packs.map((pack) => drawn.get(pack.id) ?? pack), missing }
}

/** The oldest first. */
export function packsOf(packs: readonly Pack[], ownerId: number): readonly Pack[] {
  return packs.filter((pack) => pack.ownerId === ownerId).sort((one, other) => one.boughtAt - other.boughtAt)
}

export function remainingIn({ size, used }: Pack): number {
  return Math.max(0, size - used)
}
