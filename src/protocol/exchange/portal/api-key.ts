import type { ApiKey, CreatedApiKey } from '../../../domain/portal/api-key.js'
import {
  apiKeySchema,
  createdApiKeySchema,
  type WireApiKey,
  type WireApiKeyCreation,
} from '../../wire/portal/api-key.js'
import { type ListAnswer, readList } from './list.js'
import { type PortalReader, readItem } from './reading.js'

export function buildApiKeyCreation(name: string): WireApiKeyCreation {
  return { name }
}

export const readApiKeyList: PortalReader<ListAnswer<ApiKey>> = readList(apiKeySchema, toApiKey)
export const readCreatedApiKey: PortalReader<CreatedApiKey> = readItem(createdApiKeySchema, (wire) => ({
  ...toApiKey(wire),
  rawKey: wire.raw_key,
}))

function toApiKey({ id, name, prefix, created_at }: WireApiKey): ApiKey {
  return { id, name, prefix, createdAt: Date.parse(created_at) }
}
