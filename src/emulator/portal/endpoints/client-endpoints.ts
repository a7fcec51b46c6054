import { clientCreationSchema, clientSchema, type WireClient } from '../../../protocol/wire/portal/client.js'
import type { WirePortalLicense } from '../../../protocol/wire/portal/license.js'
import type { WireList } from '../../../protocol/wire/portal/page.js'
import type { HubState } from '../../hub/state.js'
import { addClient, type Client, clientsOf, ownedClient, withoutClient } from '../clients.js'
import { accountEndpoint, nothing, type PortalEndpoint } from '../endpoint.js'
import { emailRule, textRule } from '../field-rules.js'
import { foundLicenses, licenseFields } from '../license-search.js'
import { listed } from '../listing.js'
import { clientsSchema, licensesSchema } from '../named-schemas.js'
import { pageFields } from '../query.js'
import { merchants } from '../role.js'
import { wirePortalLicense } from '../wire-license.js'

export const clientListEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List clients',
  request: nothing,
  query: pageFields,
  status: 200,
  response: clientsSchema,
  roles: merchants,
  refusals: [],
  serve: ({ query }, { store, account, lists }): WireList<WireClient> => {
    const state = store.read()
    return listed(
      clientsOf(state, account).map((client) => wireClient(state, client)),
      query,
      lists,
    )
  },
})

export const clientCreateEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Create a client',
  request: clientCreationSchema,
  rules: [emailRule, textRule('name'), textRule('company')],
  status: 201,
  response: clientSchema,
  roles: merchants,
  refusals: ['email_exists'],
  serve: ({ body: { email, name, company = null } }, { store, account }): WireClient => {
    const { state, client } = addClient(store.read(), account, { email: email.toLowerCase(), name, company })
    store.write(state)
    return wireClient(state, client)
  },
})

export const clientDeleteEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Delete a client and revoke all its licenses',
  request: nothing,
  status: 204,
  response: null,
  roles: merchants,
  refusals: ['client_not_found'],
  serve: ({ id }, { store, account }): void => {
    const state = store.read()
    store.write(withoutClient(state, ownedClient(state, account, id)))
  },
})

export const clientLicensesEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List the licenses of a client',
  request: nothing,
  query: licenseFields,
  status: 200,
  response: licensesSchema,
  roles: merchants,
  refusals: ['client_not_found'],
  serve: ({ id, query }, { store, account, now, lists }): WireList<WirePortalLicense> => {
    const state = store.read()
    const licenses = licensesOf(state, ownedClient(state, account, id))
    const wire = licenses.map((license) => wirePortalLicense(state, license, now))
    return listed(foundLicenses(wire, query), query, lists)
  },
})

function licensesOf(state: HubState, { id }: Client): HubState['licenses'] {
  return state.licenses.filter(({ clientId }) => clientId === id)
}

function wireClient(state: HubState, client: Client): WireClient {
  const { id, email, name, company } = client
  return { id, email, name, company, license_count: licensesOf(state, client).length }
}
