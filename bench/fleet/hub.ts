/** When the hub is down, [from, to) in epoch milliseconds. */
export interface Outage {
  readonly from: number
  readonly to: number
  /** Whether something in front of the hub answers 503 and names the end of the outage in `Retry-After`. */
  readonly announced: boolean
}

/** What comes back: the hub's word, nothing at all, or a 429 or 503 that asks for silence. */
export type HubReply =
  | { readonly kind: 'answer' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'turned-away'; readonly retryAfterMs: number }

/** The hub as the fleet sees it, and a count of what arrived in each second. */
export interface Hub {
  /** Seconds since `from`. */
  readonly arrivals: Uint32Array
  /** Requests that were turned away because too many came in one second. */
  readonly overflow: () => number
  ask(time: number): HubReply
}

export interface HubTerms {
  /** When it is watched: [from, to). */
  readonly from: number
  readonly to: number
  readonly outage: Outage | null
  /** What it answers in one second; whoever comes after that gets a 429. `null` for a hub that answers everybody. */
  readonly answersPerSecond: number | null
}

const answer = { kind: 'answer' } as const
const nothing = { kind: 'nothing' } as const
const busy = { kind: 'turned-away', retryAfterMs: 60_000 } as const

export function createHub({ from, to, outage, answersPerSecond }: HubTerms): Hub {
  const arrivals = new Uint32Array(Math.ceil((to - from) / 1000))
  let overflow = 0

  /** How many have arrived in this second, this one included. */
  function count(time: number): number {
    const second = Math.floor((time - from) / 1000)
    if (second < 0 || second >= arrivals.length) return 0
    const arrived = (arrivals[second] ?? 0) + 1
    arrivals[second] = arrived
    return arrived
  }

  return {
    arrivals,
    overflow: () => overflow,
    ask(time) {
      const arrived = count(time)
      if (outage && time >= outage.from && time < outage.to) {
        return outage.announced ? { kind: 'turned-away', retryAfterMs: outage.to - time } : nothing
      }
      if (answersPerSecond === null || arrived <= answersPerSecond) return answer
      overflow += 1
      return busy
    },
  }
}
