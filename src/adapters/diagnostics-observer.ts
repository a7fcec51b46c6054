import type { Observer } from '../ports/observer.js'
import { builtIn } from './built-in.js'

/** Publishes events for whoever watches the whole process: monitoring that the product's author did not write. */
export const diagnosticsObserver: Observer = {
  notify(name, event) {
    const channel = builtIn.diagnostics().channel(`flavor-license:${name}`)
    if (channel.hasSubscribers) channel.publish(event)
  },
}
