import type { Category } from '../protocol/routes.js'
import type { ServedRoute } from './http/route-table.js'
import { maskLicenseKey, maskLicenseKeys } from './hub/license-key.js'

/** A request that reached the emulator. The license key is never in it in clear. */
export interface Arrival {
  /** Its place in the order of arrival, from 1; `clearArrivals` does not start it again. */
  readonly order: number
  /** Epoch milliseconds on the emulator's clock. */
  readonly at: number
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** `null` for a path that is no endpoint, such as the documentation. */
  readonly route: ServedRoute | null
  readonly category: Category | null
  readonly remoteAddress: string
  readonly userAgent: string | null
  /** `FLVR-****-****-****-MNOP`, once the body was read. */
  readonly licenseKey: string | null
  /** What was answered; `null` while it is under way and where the connection was dropped. */
  readonly status: number | null
}

/** What is known of a request before it is answered. */
export type NewArrival = Pick<Arrival, 'at' | 'method' | 'path' | 'route' | 'category' | 'remoteAddress' | 'userAgent'>

export interface ArrivalEntry {
  noteLicenseKey(key: string): void
  answered(status: number): void
  dropped(): void
}

export interface ArrivalLog {
  readonly entries: readonly Arrival[]
  add(arrival: NewArrival): ArrivalEntry
  clear(): void
}

/** A long-running emulator keeps the latest of its arrivals, not all of them. */
const mostKept = 100_000

/** `onSettled` is called with each arrival once it is answered or dropped. */
export function createArrivalLog(onSettled: (arrival: Arrival) => void = () => undefined): ArrivalLog {
  const entries: Arrival[] = []
  let order = 0
  return {
    entries,
    add: (arrival) => {
      order += 1
      const entry: { -readonly [Field in keyof Arrival]: Arrival[Field] } = {
        ...arrival,
        order,
        path: maskLicenseKeys(arrival.path),
        userAgent: arrival.userAgent === null ? null : maskLicenseKeys(arrival.userAgent),
        licenseKey: null,
        status: null,
      }
      entries.push(entry)
      if (entries.length > mostKept) entries.splice(0, entries.length - mostKept)
      return {
        noteLicenseKey: (key) => {
          entry.licenseKey = maskLicenseKey(key)
        },
        answered: (status) => {
          entry.status = status
          onSettled(entry)
        },
        dropped: () => onSettled(entry),
      }
    },
    clear: () => {
      entries.length = 0
    },
  }
}
