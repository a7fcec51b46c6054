import { channel } from 'node:diagnostics_channel'
import type { Observer } from '../ports/observer.js'

const channels = {
  verdict: channel('flavor-license:verdict'),
  update: channel('flavor-license:update'),
  warning: channel('flavor-license:warning'),
  request: channel('flavor-license:request'),
}

/** Publishes events for whoever watches the whole process: monitoring that the product's author did not write. */
export const diagnosticsObserver: Observer = {
  notify(name, event) {
    if (channels[name].hasSubscribers) channels[name].publish(event)
  },
}
