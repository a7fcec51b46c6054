import type { ChangeOutcome, CreateOutcome, FindOutcome, RemoveOutcome } from '../domain/portal/outcome.js'
import { type PortalReply, uncertain } from './outcomes.js'

export function found<Item>(reply: PortalReply<Item>): FindOutcome<Item> {
  return reply.ok ? { outcome: 'found', item: reply.answer } : reply.outcome
}

export function created<Item>(reply: PortalReply<Item>): CreateOutcome<Item> {
  if (reply.ok) return { outcome: 'created', item: reply.answer }
  const { outcome, lostAt } = reply
  return outcome.outcome === 'deferred' && lostAt !== null ? uncertain(outcome, lostAt) : outcome
}

export function changed<Name extends string, Item>(
  name: Name,
  reply: PortalReply<Item | null>,
): ChangeOutcome<Name, Item> {
  return reply.ok ? { outcome: name, item: reply.answer } : reply.outcome
}

export function removed<Name extends string>(name: Name, reply: PortalReply<null>): RemoveOutcome<Name> {
  return reply.ok ? { outcome: name } : reply.outcome
}
