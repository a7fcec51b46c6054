import { extendEngine, type HubPorts } from './engine/engine.js'
import type { Settings } from './engine/settings.js'
import { createUseCases } from './engine/use-cases.js'
import { createClient, type LicenseClient, type StartPorts } from './license-client.js'

export type ClientPorts = StartPorts & HubPorts

/** A client over any settings and ports, all of it at once: none of its calls waits for code to be loaded. */
export function composeClient(settings: Settings, ports: ClientPorts): LicenseClient {
  return createClient(settings, ports, async (engine, verify) => createUseCases(extendEngine(engine, ports), verify))
}
