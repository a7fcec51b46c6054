import { type Budget, budgetMemoryMs, nextAdmission, type SentRequest } from './rate-budget.js'
import { type Line, type Turn, turnsAhead, withoutTurn, withTurn } from './turn.js'

export { lineMovesAt } from './turn.js'

/** Who asks: a person who waits, or the schedule. */
export type Priority = 'interactive' | 'background'

/** A point in time, as a machine knows it. */
export interface Moment {
  /** Names the run of the machine from start to shutdown: its monotonic clock means nothing in another one. */
  readonly boot: string
  /** Milliseconds that only move forward, the same for every process of this boot. */
  readonly monotonic: number
  /** Wall clock, epoch milliseconds. */
  readonly wall: number
}

/** A request that has been sent, or for which a place has been taken. */
export interface LedgerRequest {
  readonly id: string
  readonly sentAt: number
  readonly answeredAt: number | null
  /** By when its process has given up waiting for an answer, or was killed. */
  readonly endsAt: number
}

/** What the hub's "too many requests" costs. */
export interface Penalty {
  /** Nobody asks before. */
  readonly silentUntil: number
  /** After the silence, one request alone finds out whether it is over. */
  readonly probed: boolean
  /** The halved limit, from the end of the probe on. */
  readonly limit: number
  readonly cleanSince: number
}

/**
 * What all processes of this machine have asked of one hub in one category of late. Times are monotonic milliseconds
 * of `boot`; `wallOffset` is what made them wall-clock time.
 */
export interface Ledger {
  readonly boot: string
  readonly wallOffset: number
  readonly requests: readonly LedgerRequest[]
  readonly line: Line
  readonly penalty: Penalty | null
  /** Nobody asks before, since the hub has said that nothing is left. */
  readonly spentUntil: number
}

export function emptyLedger({ boot, monotonic, wall }: Moment): Ledger {
  return { boot, wallOffset: wall - monotonic, requests: [], line: [], penalty: null, spentUntil: monotonic }
}

/** What to believe where the ledger cannot be read: everything was used up just now. */
export function usedUpLedger(budget: Budget, now: Moment): Ledger {
  return { ...emptyLedger(now), spentUntil: now.monotonic + budgetMemoryMs(budget) }
}

/** Two accounts of the same past, on the same boot's timeline: what either knows has happened. */
export function unite(one: Ledger, other: Ledger): Ledger {
  const known = new Map(other.requests.map((request) => [request.id, request]))
  for (const request of one.requests) {
    known.set(request.id, { ...request, answeredAt: request.answeredAt ?? known.get(request.id)?.answeredAt ?? null })
  }
  const penalty = silentUntil(one) >= silentUntil(other) ? one.penalty : other.penalty
  const spentUntil = Math.max(one.spentUntil, other.spentUntil)
  return { ...one, requests: [...known.values()], penalty, spentUntil }
}

function silentUntil({ penalty }: Ledger): number {
  return penalty?.silentUntil ?? Number.NEGATIVE_INFINITY
}

/**
 * The ledger with what a process knows for certain, where others have gone on from an older ledger: its own requests,
 * whose places nobody else gives back, and what the hub has said. The same object where nothing is lacking.
 */
export function recall(
  ledger: Ledger,
  known: Ledger,
  { own, budget, time }: { readonly own: ReadonlySet<string>; readonly budget: Budget; readonly time: number },
): Ledger {
  const kept = new Set(ledger.requests.map(({ id }) => id))
  const lost = known.requests.filter(
    (request) => own.has(request.id) && !kept.has(request.id) && mayCount(request, budget, time),
  )
  const isPenaltyLost = relaxed(known.penalty, budget, time) !== null && silentUntil(known) > silentUntil(ledger)
  const isLacking = lost.length > 0 || isPenaltyLost || known.spentUntil > Math.max(ledger.spentUntil, time)
  return isLacking ? unite(ledger, { ...known, requests: lost }) : ledger
}

const dayMs = 24 * 60 * 60_000

/** More than a clock gains or loses between two looks at a ledger; less than what tells two timelines apart. */
const clockToleranceMs = 1_000

/**
 * The ledger on the timeline of this clock: the same object where it is so already. Its times are those of another one
 * after a restart, but also within a boot, as in a container with a clock of its own. Then the wall clock alone bridges
 * the gap, and it is not trusted: a time that may have been taken by this very clock counts as it is if that is later,
 * and a silence begins anew at most. And what would lie in the future has happened just now, as where a machine was put
 * back to a snapshot, or somebody has edited the file.
 */
export function rebase(ledger: Ledger, budget: Budget, now: Moment): Ledger {
  const { boot, line, penalty, requests, spentUntil } = ledger
  const { monotonic: time } = now
  const wallOffset = now.wall - time
  const gap = ledger.wallOffset - wallOffset
  const isOurs = boot === now.boot && Math.abs(gap) <= clockToleranceMs
  const shift = isOurs ? 0 : gap
  const within = (mostMs: number, at: number, seenAt: number) =>
    Math.min(seenAt <= time ? Math.max(at, at + shift) : at + shift, time + mostMs)
  const past = (at: number) => within(0, at, at)
  const silenceMs = longestSilenceMs(budget)
  const requestsNow = requests.map((request) =>
    changed(request, {
      sentAt: past(request.sentAt),
      answeredAt: request.answeredAt === null ? null : past(request.answeredAt),
      endsAt: within(longestFlightMs, request.endsAt, request.sentAt),
    }),
  )
  const lineNow = line.filter(({ at }) => isOurs && at <= time + silenceMs)
  return changed(ledger, {
    boot: now.boot,
    wallOffset: isOurs ? ledger.wallOffset : wallOffset,
    requests: requestsNow.every((request, index) => request === requests[index]) ? requests : requestsNow,
    line: lineNow.length === line.length ? line : lineNow,
    penalty:
      penalty &&
      changed(penalty, {
        silentUntil: within(
          Math.min(Math.max(0, penalty.silentUntil - penalty.cleanSince), silenceMs),
          penalty.silentUntil,
          penalty.cleanSince,
        ),
        cleanSince: past(penalty.cleanSince),
      }),
    // Of an earlier boot it says nothing any more; within one, no clock that is set may end it.
    spentUntil: boot === now.boot ? Math.min(spentUntil, time + budgetMemoryMs(budget)) : time,
  })
}

/** The same object where the change changes nothing. */
function changed<Value extends object>(value: Value, change: Partial<Value>): Value {
  for (const key in change) {
    if (change[key] !== value[key]) return { ...value, ...change }
  }
  return value
}

/** A call that asks for a place. */
export interface Caller {
  readonly priority: Priority
  /** Under which it may stand in the line; whoever does not stand there comes last. */
  readonly id?: string
}

/**
 * When a request may be sent, from `time` on: `time` itself when it is admitted now. Those ahead in the line are
 * counted as if they had sent theirs, at their turn.
 */
export function admissionTime(ledger: Ledger, budget: Budget, caller: Caller, time: number): number {
  const share = { ...budget, limit: shareOf(budget.limit, caller.priority) }
  const ahead = turnsAhead(ledger.line, caller.id, time).map(({ at }): SentRequest => ({ sentAt: at, answeredAt: at }))
  const requests = [...ledger.requests.map((request) => asSent(request, budget, time)), ...ahead]
  const { penalty } = ledger
  const permitted = Math.max(time, ledger.spentUntil)
  if (!penalty) return nextAdmission(requests, share, permitted)

  const probes = ledger.requests.filter(
    ({ answeredAt, sentAt }) => answeredAt === null && sentAt >= penalty.silentUntil,
  )
  const probeEnds = penalty.probed
    ? time
    : latest(
        probes.map((request) => lastArrival(request, budget)),
        time,
      )
  const lastSent = latest(
    requests.map((request) => request.sentAt),
    Number.NEGATIVE_INFINITY,
  )
  const paced = lastSent + budget.windowMs / penaltyLimit(penalty, time)
  return nextAdmission(requests, share, Math.max(permitted, penalty.silentUntil, probeEnds, paced))
}

/** However many there are: as arguments of one call, those of a ledger that grew without bounds would fill the stack. */
function latest(times: readonly number[], atLeast: number): number {
  return times.reduce((last, time) => Math.max(last, time), atLeast)
}

/** As {@link admissionTime}, but certain: what is under way may never be answered. */
export function certainAdmissionTime(ledger: Ledger, budget: Budget, caller: Caller, time: number): number {
  const earliest = admissionTime(ledger, budget, caller, time)
  if (earliest === time) return time
  const requests = ledger.requests.map((request) => ({
    ...request,
    answeredAt: request.answeredAt ?? lastArrival(request, budget),
  }))
  return Math.max(earliest, admissionTime({ ...ledger, requests }, budget, caller, time))
}

/** Background work leaves a tenth of the limit, and at least one request, to people. */
function shareOf(limit: number, priority: Priority): number {
  return priority === 'interactive' ? limit : Math.max(1, limit - Math.max(1, Math.floor(limit / 10)))
}

/** However long a caller is ready to wait: what a killed process has sent must not take its place for hours. */
const longestFlightMs = 5 * 60_000

/** The ledger with a place taken for a request. Everything that can count no more is dropped. */
export function reserve(ledger: Ledger, budget: Budget, id: string, time: number, deadlineMs: number): Ledger {
  const without = withdraw(ledger, id)
  const remembered = without.requests.filter((request) => mayCount(request, budget, time))
  const endsAt = time + Math.min(deadlineMs, longestFlightMs)
  const request: LedgerRequest = { id, sentAt: time, answeredAt: null, endsAt }
  return { ...without, requests: [...remembered, request], penalty: relaxed(ledger.penalty, budget, time) }
}

/** The ledger with a call that waits for its place; one that waits already keeps its position in the line. */
export function lineUp(ledger: Ledger, turn: Turn, time: number): Ledger {
  return { ...ledger, line: withTurn(ledger.line, turn, time) }
}

/** The ledger without a place that was taken or waited for, and not used. */
export function withdraw(ledger: Ledger, id: string): Ledger {
  return {
    ...ledger,
    requests: ledger.requests.filter((request) => request.id !== id),
    line: withoutTurn(ledger.line, id),
  }
}

/** The ledger after somebody gave up waiting for an answer to a request that may still be on its way. */
export function abandon(ledger: Ledger, id: string, time: number): Ledger {
  return { ...ledger, requests: amended(ledger, id, time, { endsAt: time }) }
}

/** The requests after something became of one. Where the ledger has lost it, it comes back: the hub has counted it. */
function amended(
  { requests }: Ledger,
  id: string,
  time: number,
  change: Partial<LedgerRequest>,
): readonly LedgerRequest[] {
  const known = requests.find((request) => request.id === id)
  const others = requests.filter((request) => request !== known)
  return [...others, { ...(known ?? { id, sentAt: time, answeredAt: null, endsAt: time }), ...change }]
}

/** The ledger after an answer that was not about the rate, or after it became certain that the hub got no request. */
export function settle(ledger: Ledger, id: string, time: number): Ledger {
  const { penalty } = ledger
  const sentAt = ledger.requests.find((request) => request.id === id)?.sentAt ?? Number.NEGATIVE_INFINITY
  // What was sent before the silence and is answered after it is no probe.
  const ended = penalty && !penalty.probed && sentAt >= penalty.silentUntil
  return {
    ...ledger,
    requests: amended(ledger, id, time, { answeredAt: time }),
    penalty: ended ? { ...penalty, probed: true, cleanSince: time } : penalty,
  }
}

/**
 * The ledger after an answer that said that nothing is left for `spentMs`. Where our own requests explain that, the
 * admission rule is exact and needs no hint. Otherwise somebody behind the same address asks too, and the next request
 * would be denied. A whole window is the longest that is believed: a wrong header must not stop what works.
 */
export function holdBack(ledger: Ledger, budget: Budget, time: number, spentMs: number): Ledger {
  if (admissionTime({ ...ledger, line: [] }, budget, { priority: 'interactive' }, time) > time) return ledger
  return { ...ledger, spentUntil: time + Math.min(spentMs, budget.windowMs) }
}

/** The most that a silence is lengthened by chance, so that the machines of one network do not end theirs together. */
const silenceJitterMs = 5_000

/** No hub is believed that asks for more than a day. */
function longestSilenceMs({ windowMs }: Budget): number {
  return Math.max(dayMs, windowMs) + silenceJitterMs
}

/**
 * How long nobody asks after "too many requests": as long as the hub says, but a whole window at least.
 *
 * @param fraction - Uniform in [0, 1).
 */
export function silenceLength(retryAfterMs: number | null, { windowMs }: Budget, fraction: number): number {
  return Math.max(retryAfterMs ?? 0, windowMs) + Math.ceil(fraction * silenceJitterMs)
}

/**
 * The ledger after the hub said "too many requests": silence, a probe, and half of the limit. When several requests
 * were under way, the complaints about them are one complaint.
 */
export function penalize(ledger: Ledger, budget: Budget, id: string, time: number, silenceMs: number): Ledger {
  const { penalty } = ledger
  const sentAt = ledger.requests.find((request) => request.id === id)?.sentAt ?? time
  const before = Math.min(penalty ? penaltyLimit(penalty, time) : budget.limit, budget.limit)
  const isSame = penalty !== null && sentAt < penalty.cleanSince
  return {
    ...ledger,
    requests: amended(ledger, id, time, { answeredAt: time }),
    penalty: {
      silentUntil: Math.max(penalty?.silentUntil ?? time, time + silenceMs),
      probed: false,
      limit: isSame ? before : Math.max(1, Math.floor(before / 2)),
      cleanSince: time,
    },
  }
}

const recoveryStepMs = 10 * 60_000

/** One more request per window for every ten minutes without a complaint. At none at all, nobody would ask ever again. */
function penaltyLimit({ limit, cleanSince, probed }: Penalty, time: number): number {
  return Math.max(1, probed ? limit + Math.floor((time - cleanSince) / recoveryStepMs) : limit)
}

function relaxed(penalty: Penalty | null, { limit }: Budget, time: number): Penalty | null {
  return penalty?.probed && penaltyLimit(penalty, time) >= limit ? null : penalty
}

/**
 * A hub that is overloaded takes up requests whose senders have long given up, and counts them then: until a window
 * after its end, a request without an answer may arrive any moment.
 */
function lastArrival({ endsAt }: LedgerRequest, { windowMs }: Budget): number {
  return endsAt + windowMs
}

function mayCount(request: LedgerRequest, budget: Budget, time: number): boolean {
  const { answeredAt } = asSent(request, budget, time)
  return answeredAt === null || time - answeredAt < budgetMemoryMs(budget)
}

function asSent(request: LedgerRequest, budget: Budget, time: number): SentRequest {
  const { sentAt, answeredAt } = request
  const last = lastArrival(request, budget)
  return { sentAt, answeredAt: answeredAt ?? (time >= last ? last : null) }
}
