import * as v from 'valibot'
import { accountTypes } from '../../protocol/wire/portal/auth.js'
import { webhookEventNames } from '../../protocol/wire/portal/webhook.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import type { PortalState } from './state.js'

const owned = { id: v.number(), ownerId: v.number() }

/** The portal's part of a state file. */
export const portalStateSchema: Schema<PortalState> = v.object({
  lastId: v.number(),
  tokenSecret: v.string(),
  accounts: v.array(
    v.object({
      id: v.number(),
      email: v.string(),
      name: v.string(),
      type: v.picklist(accountTypes),
      passwordHash: v.string(),
      createdAt: v.number(),
    }),
  ),
  packs: v.array(
    v.object({
      ...owned,
      size: v.number(),
      bundle: v.nullable(v.string()),
      used: v.number(),
      boughtAt: v.number(),
    }),
  ),
  clients: v.array(v.object({ ...owned, email: v.string(), name: v.string(), company: v.nullable(v.string()) })),
  refreshTokens: v.array(
    v.object({
      hash: v.string(),
      accountId: v.number(),
      family: v.number(),
      expiresAt: v.number(),
      used: v.boolean(),
    }),
  ),
  apiKeys: v.array(
    v.object({ ...owned, name: v.string(), prefix: v.string(), hash: v.string(), createdAt: v.number() }),
  ),
  webhooks: v.array(
    v.object({
      ...owned,
      url: v.string(),
      events: v.array(v.picklist(webhookEventNames)),
      secret: v.string(),
      description: v.nullable(v.string()),
      createdAt: v.number(),
    }),
  ),
  deliveries: v.array(
    v.object({
      id: v.number(),
      webhookId: v.number(),
      event: v.picklist(webhookEventNames),
      data: v.object({
        license_id: v.number(),
        license_key: v.string(),
        tier: v.string(),
        product_slug: v.string(),
        domain: v.exactOptional(v.string()),
      }),
      failures: v.number(),
      dueAt: v.number(),
    }),
  ),
  eventsUntil: v.number(),
})
