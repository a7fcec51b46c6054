import type { CreatedWebhook, Webhook, WebhookOrder } from '../../../domain/portal/webhook.js'
import {
  createdWebhookSchema,
  type WireWebhook,
  type WireWebhookCreation,
  webhookSchema,
} from '../../wire/portal/webhook.js'
import { type ListAnswer, readList } from './list.js'
import { type PortalReader, readItem } from './reading.js'

export function buildWebhookCreation({ url, events, description }: WebhookOrder): WireWebhookCreation {
  return { url, events, ...(description !== undefined && { description }) }
}

export const readWebhookList: PortalReader<ListAnswer<Webhook>> = readList(webhookSchema, toWebhook)
export const readCreatedWebhook: PortalReader<CreatedWebhook> = readItem(createdWebhookSchema, (wire) => ({
  ...toWebhook(wire),
  secret: wire.secret,
}))

function toWebhook({ id, url, events, is_active, description, created_at }: WireWebhook): Webhook {
  return { id, url, events, isActive: is_active, description, createdAt: Date.parse(created_at) }
}
