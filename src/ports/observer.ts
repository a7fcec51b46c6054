import type { ClientEvents } from '../domain/client-event.js'

/** Whoever wants to know what happens. Never throws into the caller. */
export interface Observer {
  notify<Name extends keyof ClientEvents>(name: Name, event: ClientEvents[Name]): void
}
