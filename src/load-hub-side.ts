import { loadInTurns } from './adapters/load-in-turns.js'
import { onDemand } from './engine/on-demand.js'

/** What the hub side stands on, each after what it stands on itself. */
const foundations: readonly (() => Promise<unknown>)[] = [
  () => import('./protocol/wire/error.js'),
  () => import('./protocol/response.js'),
  () => import('./engine/engine.js'),
  () => import('./adapters/undici-transport.js'),
  () => import('./engine/hub/ask-about-record.js'),
  () => import('./engine/updates/check-updates.js'),
  () => import('./engine/updates/download-update.js'),
  () => import('./engine/use-cases.js'),
  () => import('./adapters/component-directory.js'),
]

/** The other half of a client, loaded in turns of the event loop. */
export const loadHubSide: () => Promise<typeof import('./hub-side.js')> = onDemand(async () => {
  await loadInTurns(foundations)
  return import('./hub-side.js')
})
