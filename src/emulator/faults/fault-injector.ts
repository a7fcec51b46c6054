import type { ServedRoute } from '../http/route-table.js'
import type { Answer } from './answer.js'
import { applyFault, type FaultContext } from './apply-fault.js'
import type { Fault } from './fault.js'
import { faultSchemas } from './fault-schema.js'
import { readFault } from './read-fault.js'

/** Makes requests go wrong on purpose. */
export interface FaultInjector {
  /**
   * Adds a fault. Several that hit one request are applied in the order of injection, the first one outermost.
   *
   * @throws EmulatorFaultError (`invalid-fault`) when there is no such fault, or a field is not what it can be.
   */
  inject(fault: Fault): void
  /** Forgets every fault that is not spent. */
  clear(): void
}

/** What faults need to know of the hub itself. */
export type FaultyHub = Pick<FaultContext, 'fileOf' | 'signingKeys'>

export interface FaultPipeline extends FaultInjector {
  run(route: ServedRoute | null, arrived: Omit<FaultContext, keyof FaultyHub>, answer: Answer): Promise<Response>
}

interface ArmedFault {
  readonly fault: Fault
  passing: number
  left: number
}

export function createFaultPipeline(hub: FaultyHub): FaultPipeline {
  let armed: readonly ArmedFault[] = []
  return {
    inject: (given) => {
      // A slip of the pen would never hit, and the test that relies on it would pass.
      const fault = readFault(given, faultSchemas)
      armed = [...armed, { fault, passing: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY }]
    },
    clear: () => {
      armed = []
    },
    run: (route, arrived, answer) => {
      const aimed = armed.filter(({ fault }) => (fault.route ?? '*') === '*' || fault.route === route)
      const hitting = aimed.filter(({ passing }) => passing === 0)
      for (const entry of aimed) {
        if (entry.passing > 0) entry.passing -= 1
        else entry.left -= 1
      }
      armed = armed.filter(({ left }) => left > 0)
      return hitting.reduceRight<Answer>(
        (next, { fault }) =>
          (detour) =>
            applyFault(fault, { ...arrived, ...hub, request: detour?.request ?? arrived.request }, (own) =>
              next({ ...detour, ...own }),
            ),
        answer,
      )()
    },
  }
}
