import { type Claim, isAtWork, isOver, longestClaimMs, type Present } from '../domain/budget/claim.js'
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

interface Look {
  readonly version: number
  readonly present: Present
  readonly before: Claim | null
}

async function look({ clock, ledger }: ClaimPorts, name: string): Promise<Look> {
  const { version, content, present = { timeline: clock.boot(), time: clock.monotonic() } } = await ledger.read(name)
  return { version, present, before: content ? decodeClaim(content) : null }
}

/** Whether another process certainly asks just now. Where that cannot be told, it does not. */
export async function isBeingAsked(ports: ClaimPorts, name: string): Promise<boolean> {
  const seen = await look(ports, name).catch(() => undefined)
  if (!seen?.before) return false
  return isAtWork(seen.before, ports.processes.stateOf(seen.before.holder), seen.present)
}

/**
 * Asks, unless another process does: then `undefined`. A living holder that this machine can see keeps its claim without
 * any sign of life: where hundreds of processes start together, the one that asks may be given no processor for longer
 * than a lock lasts.
 */
export async function underClaim<Answer extends object>(
  ports: ClaimPorts,
  { name, deadlineMs, isAnybodyThere }: ClaimTerms,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const { ledger, processes } = ports

  async function take(): Promise<Attempt> {
    const { version, present, before } = await look(ports, name)
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
