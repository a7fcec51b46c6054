import type { RouteName } from '../../protocol/routes.js'
import { applyFault, type FaultContext } from './apply-fault.js'
import type { Fault } from './fault.js'

/** Makes requests go wrong on purpose. */
export interface FaultInjector {
  /** Adds a fault. Several that hit one request are applied in the order of injection, the first one outermost. */
  inject(fault: Fault): void
  /** Forgets every fault that is not spent. */
  clear(): void
}

export interface FaultPipeline extends FaultInjector {
  run(route: RouteName | null, context: FaultContext, answer: () => Promise<Response>): Promise<Response>
}

export function createFaultPipeline(): FaultPipeline {
  let armed: readonly { readonly fault: Fault; left: number }[] = []
  return {
    inject: (fault) => {
      armed = [...armed, { fault, left: fault.times ?? Number.POSITIVE_INFINITY }]
    },
    clear: () => {
      armed = []
    },
    run: (route, context, answer) => {
      const hitting = armed.filter(({ fault }) => (fault.route ?? '*') === '*' || fault.route === route)
      for (const entry of hitting) entry.left -= 1
      armed = armed.filter(({ left }) => left > 0)
      return hitting.reduceRight<() => Promise<Response>>(
        (next, { fault }) =>
          () =>
            applyFault(fault, context, next),
        answer,
      )()
    },
  }
}
