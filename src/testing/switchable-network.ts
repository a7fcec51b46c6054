type Fetch = typeof globalThis.fetch

/** A network that a test can cut. */
export interface SwitchableNetwork {
  readonly fetch: Fetch
  setOnline(online: boolean): void
  /** Whether a request waits for its answer. */
  isBusy(): boolean
}

/** @param fetch - Where requests arrive while the network is up. */
export function switchableNetwork(fetch: Fetch): SwitchableNetwork {
  let online = true
  let underWay = 0

  return {
    async fetch(input, init) {
      underWay += 1
      try {
        if (!online) throw networkDown()
        return await fetch(input, init)
      } finally {
        underWay -= 1
      }
    },
    setOnline(now) {
      online = now
    },
    isBusy: () => underWay > 0,
  }
}

/** As Node's own `fetch` fails on a machine without a network. */
function networkDown(): TypeError {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
  return new TypeError('fetch failed', { cause })
}
