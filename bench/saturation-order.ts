import type { LimitedHub } from '../test/support/limited-hub.js'

export const contenders = ['flavor-license', 'p-throttle', 'bottleneck', 'even pacing'] as const

/** Whatever decides when a process may ask. */
export type ContenderName = (typeof contenders)[number]

/** One of several processes of a machine that together want more of a hub than its limit lets them have. */
export interface SaturationOrder {
  readonly contender: ContenderName
  readonly hub: LimitedHub['options']
  readonly licenseKey: string
  readonly limit: number
  readonly windowMs: number
  readonly processes: number
  /** This one's number among them. */
  readonly index: number
  readonly directory: string
  readonly durationMs: number
}
