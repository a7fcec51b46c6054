import type { ClientEvents } from './domain/client-event.js'
import type { Verdict } from './domain/license/verdict.js'
import type { Observer } from './ports/observer.js'
import { requireName } from './read-options.js'

type Listener<Name extends keyof ClientEvents> = (event: ClientEvents[Name]) => void

type Listeners = { readonly [Name in keyof ClientEvents]: Set<Listener<Name>> }

/** Hands events of the engine to the author's listeners. */
export interface EventSource {
  readonly observer: Observer
  on<Name extends keyof ClientEvents>(name: Name, listener: Listener<Name>): () => void
}

/** @param onward - Whoever else wants to know. */
export function createEventSource(onward?: Observer): EventSource {
  const listeners: Listeners = { verdict: new Set(), update: new Set(), warning: new Set(), request: new Set() }
  let lastVerdict: string | undefined

  return {
    observer: {
      notify(name, event) {
        if (name === 'verdict') {
          const substance = substanceOf(event as Verdict)
          if (substance === lastVerdict) return
          lastVerdict = substance
        }
        for (const listener of [...listeners[name]]) callSafely(listener, event)
        onward?.notify(name, event)
      },
    },
    on(name, listener) {
      requireName('invalid-option', 'event', name, listeners)
      listeners[name].add(listener)
      return () => {
        listeners[name].delete(listener)
      }
    },
  }
}

/** What makes two verdicts different to a product: not when they were given, nor from which source. */
function substanceOf(verdict: Verdict): string {
  const { source: _source, nextCheckAt: _nextCheckAt, lastAttempt: _lastAttempt, ...substance } = verdict
  return JSON.stringify({ ...substance, verifiedAt: undefined })
}

/** A listener that throws must break neither a license check nor the program that runs it. */
function callSafely<Event>(listener: (event: Event) => void, event: Event): void {
  // Deliberately without effect: the listener's author has no call here that could receive the error.
  const ignore = () => undefined
  try {
    const result: unknown = listener(event)
    if (result instanceof Promise) result.catch(ignore)
  } catch {
    ignore()
  }
}
