import { HubRefusal } from '../hub/refusal.js'
import type { HubState } from '../hub/state.js'
import type { Account } from './accounts.js'
import { withNewId, withPortal } from './state.js'

/** Whom a reseller or an agency makes licenses for. */
export interface Client {
  readonly id: number
  readonly ownerId: number
  /** In lower case. */
  readonly email: string
  readonly name: string
  readonly company: string | null
}

/** @throws HubRefusal (`email_exists`) where the account has a client with that address. */
export function addClient(
  state: HubState,
  account: Account,
  details: Pick<Client, 'email' | 'name' | 'company'>,
): { readonly state: HubState; readonly client: Client } {
  if (clientsOf(state, account).some(({ email }) => email === details.email)) throw new HubRefusal('email_exists')
  const [numbered, id] = withNewId(state)
  const client = { id, ownerId: account.id, ...details }
  return { state: withPortal(numbered, { clients: [...state.portal.clients, client] }), client }
}

/** A client of another account is not there, so that its number gives nothing away. */
export function ownedClient(state: HubState, account: Account, id: number): Client {
  const client = clientsOf(state, account).find((candidate) => candidate.id === id)
  if (client === undefined) throw new HubRefusal('client_not_found')
  return client
}

export function clientsOf(state: HubState, account: Account): readonly Client[] {
  return state.portal.clients.filter(({ ownerId }) => ownerId === account.id)
}

/** The client goes; its licenses stay with the account and are revoked. */
export function withoutClient(state: HubState, { id }: Client): HubState {
  const licenses = state.licenses.map((license) =>
    license.clientId === id ? { ...license, status: 'revoked' as const } : license,
  )
  const clients = state.portal.clients.filter((client) => client.id !== id)
  return withPortal({ ...state, licenses }, { clients })
}
