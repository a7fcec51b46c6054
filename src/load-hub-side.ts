import { loadInTurns } from './adapters/load-in-turns.js'
import { onDemand } from './engine/on-demand.js'
import type { UseCases } from './engine/use-cases.js'
import type * as HubSide from './hub-side.js'

/**
 * What the hub side stands on, each after what it stands on itself. Each is published as a file of its own, by
 * scripts/bundling/published-files.mjs.
 */
const foundations: readonly (() => Promise<unknown>)[] = [
  () => import('./protocol/response.js'),
  () => import('./engine/hub/ask-about-record.js'),
  () => import('./adapters/undici-transport.js'),
  () => import('./engine/use-cases.js'),
]

const load = onDemand(async () => {
  await loadInTurns(foundations)
  return import('./hub-side.js')
})

/** Opens the other half of a client, which is loaded in turns of the event loop. */
export async function openHubSide(...terms: Parameters<typeof HubSide.openHubSide>): Promise<UseCases> {
  const hubSide = await load()
  return hubSide.openHubSide(...terms)
}
