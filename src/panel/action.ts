import type { PanelActions, PanelPath, PanelReply } from './panel-api.js'

/** Carries out what the panel's own page asks. */
export type Action = (request: Request) => Promise<Response>

/** By method and path: `POST /activate`. */
export type Actions = Readonly<Record<string, Action>>

/** An action's outcome, with what the license is like after it. */
export type Reply = <Path extends PanelPath>(outcome: PanelActions[Path]) => Promise<PanelReply<Path>>
