/** When the hub is down, [from, to) in epoch milliseconds. */
export interface Outage {
  readonly from: number
  readonly to: number
  /** Whether something in front of the hub answers 503 and names the end of the outage in `Retry-After`. */
  readonly announced: boolean
}

/** The hub as the fleet sees it: up or down, and a count of what arrived in each second. */
export interface Hub {
  readonly outage: Outage | null
  /** Seconds since `from`. */
  readonly arrivals: Uint32Array
  /** Whether a request that arrives at `time` is answered. */
  ask(time: number): boolean
}

/** A hub that is watched during [from, to). It answers everybody: no strategy is helped by a hub that turns some away. */
export function createHub(from: number, to: number, outage: Outage | null): Hub {
  const arrivals = new Uint32Array(Math.ceil((to - from) / 1000))
  return {
    outage,
    arrivals,
    ask(time) {
      const second = Math.floor((time - from) / 1000)
      if (second >= 0 && second < arrivals.length) arrivals[second] = (arrivals[second] ?? 0) + 1
      return outage === null || time < outage.from || time >= outage.to
    },
  }
}
