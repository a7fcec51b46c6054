import {
  apiKeyCreationSchema,
  createdApiKeySchema,
  type WireApiKey,
  type WireCreatedApiKey,
} from '../../../protocol/wire/portal/api-key.js'
import type { WireList } from '../../../protocol/wire/portal/page.js'
import { timestamp } from '../../timestamp.js'
import { type ApiKey, addApiKey, apiKeysOf, withoutApiKey } from '../api-keys.js'
import { accountEndpoint, nothing, type PortalEndpoint } from '../endpoint.js'
import { textRule } from '../field-rules.js'
import { listed } from '../listing.js'
import { apiKeyPageSchema } from '../named-schemas.js'
import { pageFields } from '../query.js'
import { merchants } from '../role.js'

export const apiKeyCreateEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Make an API key; it is shown this once',
  request: apiKeyCreationSchema,
  rules: [textRule('name')],
  status: 201,
  response: createdApiKeySchema,
  roles: merchants,
  refusals: ['api_key_limit_reached'],
  serve: ({ body: { name } }, { store, account, now }): WireCreatedApiKey => {
    const { state, apiKey, rawKey } = addApiKey(store.read(), account, name, now)
    store.write(state)
    return { ...wireApiKey(apiKey), raw_key: rawKey }
  },
})

export const apiKeyListEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List active API keys',
  request: nothing,
  query: pageFields,
  status: 200,
  response: apiKeyPageSchema,
  roles: merchants,
  refusals: [],
  serve: ({ query }, { store, account }): WireList<WireApiKey> =>
    listed(apiKeysOf(store.read(), account).map(wireApiKey), query, 'envelope'),
})

export const apiKeyRevokeEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Revoke an API key at once',
  request: nothing,
  status: 204,
  response: null,
  roles: merchants,
  refusals: ['api_key_not_found'],
  serve: ({ id }, { store, account }): void => store.write(withoutApiKey(store.read(), account, id)),
})

function wireApiKey({ id, name, prefix, createdAt }: ApiKey): WireApiKey {
  return { id, name, prefix, created_at: timestamp(createdAt) }
}
