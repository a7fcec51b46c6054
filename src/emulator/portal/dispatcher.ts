import type { Store } from '../hub/store.js'
import type { Clock } from '../options.js'
import { type Delivery, hasExpiriesToTell, nextDueAt, withFailedDelivery, withoutDelivery } from './deliveries.js'
import { sendDelivery } from './send-delivery.js'

/** Tells webhooks what they are due. */
export interface Dispatcher {
  /** Sends all that is due now, and answers once every attempt has ended. */
  deliverDue(): Promise<void>
  /** Sends what is due, now and whenever something becomes so. */
  wake(): void
}

/** Longer timers would fire at once. */
const longestTimerMs = 2_147_483_647

export function createDispatcher(store: Store, clock: Clock): Dispatcher {
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const sendDue = async (): Promise<void> => {
    if (hasExpiriesToTell(store.read(), clock.now())) store.write({ ...store.read() })
    const now = clock.now()
    const due = store.read().portal.deliveries.filter(({ dueAt }) => dueAt <= now)
    const webhooks = new Set(due.map(({ webhookId }) => webhookId))
    // One that is slow or away keeps only its own events waiting.
    await Promise.all([...webhooks].map((id) => sendInTurn(due.filter(({ webhookId }) => webhookId === id))))
  }
  const sendInTurn = async (due: readonly Delivery[]): Promise<void> => {
    for (const delivery of due) {
      const webhook = store.read().portal.webhooks.find(({ id }) => id === delivery.webhookId)
      if (webhook === undefined) return
      const arrived = await sendDelivery(delivery, webhook, clock.now())
      const state = store.read()
      store.write(arrived ? withoutDelivery(state, delivery) : withFailedDelivery(state, delivery, clock.now()))
    }
  }
  const deliverDue = (): Promise<void> => {
    last = last.then(sendDue, sendDue)
    return last
  }
  const wake = (): void => {
    clearTimeout(timer)
    const dueAt = nextDueAt(store.read())
    if (dueAt === undefined) return
    const waitMs = Math.min(Math.max(0, dueAt - clock.now()), longestTimerMs)
    timer = setTimeout(() => {
      // What cannot be written stays due, and is tried again with the next change.
      deliverDue().then(wake, () => undefined)
    }, waitMs)
    timer.unref()
  }
  return { deliverDue, wake }
}
