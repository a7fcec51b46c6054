import { randomBytes } from 'node:crypto'
import { apiKeyPrefixLength, apiKeyStart, mostApiKeys } from '../../protocol/wire/portal/api-key.js'
import { HubRefusal } from '../hub/refusal.js'
import type { HubState } from '../hub/state.js'
import type { Account } from './accounts.js'
import { secretHash } from './secret-hash.js'
import { withNewId, withPortal } from './state.js'

/** An active API key; revoking removes it. The key itself is not kept. */
export interface ApiKey {
  readonly id: number
  readonly ownerId: number
  readonly name: string
  readonly prefix: string
  readonly hash: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** @throws HubRefusal (`api_key_limit_reached`) for one too many. */
export function addApiKey(
  state: HubState,
  account: Account,
  name: string,
  now: number,
): { readonly state: HubState; readonly apiKey: ApiKey; readonly rawKey: string } {
  if (apiKeysOf(state, account).length >= mostApiKeys) throw new HubRefusal('api_key_limit_reached')
  const [numbered, id] = withNewId(state)
  const digits = randomBytes(20).toString('hex')
  const rawKey = `${apiKeyStart}${digits}`
  const prefix = digits.slice(0, apiKeyPrefixLength)
  const apiKey = { id, ownerId: account.id, name, prefix, hash: secretHash(rawKey), createdAt: now }
  return { state: withPortal(numbered, { apiKeys: [...state.portal.apiKeys, apiKey] }), apiKey, rawKey }
}

export function apiKeysOf(state: HubState, account: Account): readonly ApiKey[] {
  return state.portal.apiKeys.filter(({ ownerId }) => ownerId === account.id)
}

/** From the next request on the key is worth nothing. */
export function withoutApiKey(state: HubState, account: Account, id: number): HubState {
  const apiKey = apiKeysOf(state, account).find((candidate) => candidate.id === id)
  if (apiKey === undefined) throw new HubRefusal('api_key_not_found')
  return withPortal(state, { apiKeys: state.portal.apiKeys.filter((candidate) => candidate !== apiKey) })
}
