import { randomBytes } from 'node:crypto'
import type { Account } from './accounts.js'
import type { ApiKey } from './api-keys.js'
import type { Client } from './clients.js'
import type { Delivery } from './deliveries.js'
import type { Pack } from './packs.js'
import type { RefreshToken } from './session.js'
import type { Webhook } from './webhooks.js'

/** What the portal knows beside licenses and products, and a restart must not lose. */
export interface PortalState {
  /** The identifier that was given out last; none is given out twice. */
  readonly lastId: number
  /** Signs access tokens: 32 bytes as base64url. */
  readonly tokenSecret: string
  readonly accounts: readonly Account[]
  readonly packs: readonly Pack[]
  readonly clients: readonly Client[]
  readonly refreshTokens: readonly RefreshToken[]
  readonly apiKeys: readonly ApiKey[]
  readonly webhooks: readonly Webhook[]
  readonly deliveries: readonly Delivery[]
  /** Until when events of licenses are told, in epoch milliseconds: what expired since then has not been. */
  readonly eventsUntil: number
}

export function emptyPortal(now: number): PortalState {
  return {
    lastId: 0,
    tokenSecret: randomBytes(32).toString('base64url'),
    accounts: [],
    packs: [],
    clients: [],
    refreshTokens: [],
    apiKeys: [],
    webhooks: [],
    deliveries: [],
    eventsUntil: now,
  }
}

export function withPortal<State extends { readonly portal: PortalState }>(
  state: State,
  changed: Partial<PortalState>,
): State {
  return { ...state, portal: { ...state.portal, ...changed } }
}

/** An identifier that nothing has or had, and the state that remembers so. */
export function withNewId<State extends { readonly portal: PortalState }>(state: State): readonly [State, number] {
  const lastId = state.portal.lastId + 1
  return [withPortal(state, { lastId }), lastId]
}
