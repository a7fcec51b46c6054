import { isOver, longestClaimMs } from '../domain/budget/claim.js'
import type { Clock } from '../ports/clock.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { ProcessTable } from '../ports/process-table.js'
import { decodeClaim, encodeClaim } from '../protocol/claim-file.js'

interface ClaimPorts {
  readonly clock: Clock
  readonly ledger: LedgerStore
  readonly processes: ProcessTable
}

interface ClaimTerms {
  /** Names the question among all processes that share the ledger. */
  readonly name: string
  /** How long asking may take. Nobody waits for an answer any longer. */
  readonly deadlineMs: number
  /** Whether somebody else keeps the lock that goes with the claim. */
  readonly isAnybodyThere: boolean
}

/** `impossible`: there can be no claims, and nobody waits for any. */
type Attempt = { readonly version: number } | 'taken' | 'impossible'

/**
 * Asks, unless another process does: then `undefined`. A living holder that this machine can see keeps its claim without
 * any sign of life: where hundreds of processes start together, the one that asks may be given no processor for longer
 * than a lock lasts.
 */
export async function underClaim<Answer extends object>(
  { clock, ledger, processes }: ClaimPorts,
  { name, deadlineMs, isAnybodyThere }: ClaimTerms,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  async function take(): Promise<Attempt> {
    const { version, content, present = { timeline: clock.boot(), time: clock.monotonic() } } = await ledger.read(name)
    const before = content ? decodeClaim(content) : null
    const isFree = before
      ? isOver(before, processes.stateOf(before.holder), { present, isAnybodyThere })
      : !isAnybodyThere
    if (!isFree) return 'taken'
    const endsAt = present.time + Math.min(deadlineMs, longestClaimMs)
    const claim = { holder: processes.self(), timeline: present.timeline, endsAt }
    return (await ledger.advance(name, version, encodeClaim(claim))) ? { version: version + 1 } : 'taken'
  }

  const attempt = await take().catch((): Attempt => (isAnybodyThere ? 'taken' : 'impossible'))
  if (attempt === 'taken') return undefined
  if (attempt === 'impossible') return ask()
  try {
    return await ask()
  } finally {
    await ledger.advance(name, attempt.version, encodeClaim(null)).catch(() => undefined)
  }
}
