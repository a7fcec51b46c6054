import { readClock } from '../../domain/license/clock-guard.js'
import type { Explanation, RecordExplanation } from '../../domain/license/explanation.js'
import { emptyRecord, type LicenseRecord } from '../../domain/license/record.js'
import { staleTime, trustEnd } from '../../domain/license/trust-period.js'
import type { VerificationPolicy } from '../../domain/license/verification-policy.js'
import type { Engine } from '../engine.js'
import { verdictOn } from './verdict-on.js'

/** Collects why the verdict is what it is. Asks no hub. */
export async function explainVerdict(engine: Engine, packageVersion: string): Promise<Explanation> {
  const { budgets, clock, keeper, settings, store, transport } = engine
  const record = await keeper.load()
  const now = clock.now()
  const known = typeof record === 'string' ? null : record
  const categories = [...new Set(Object.values(settings.routes).map((route) => route.category))]
  const { offset, floor } = (known ?? emptyRecord).clock
  const reading = readClock({ offset, floor }, now)
  return {
    packageVersion,
    verdict: await verdictOn(engine, record, now, 'record'),
    product: settings.product,
    hub: { url: settings.hub, trustedKeys: [...settings.hubKeys.keys()] },
    record: known && explainRecord(known, settings.policy, reading.time),
    clock: { now, offsetMs: offset, floor: floor === 0 ? null : floor, behindFloor: reading.behindFloor },
    storage: await store.describe(),
    network: transport.describe(),
    nextPermittedAt: Object.fromEntries(
      await Promise.all(categories.map(async (category) => [category, await budgets.nextPermitted(category)] as const)),
    ),
  }
}

function explainRecord(record: LicenseRecord, policy: VerificationPolicy, time: number): RecordExplanation {
  const { entitlement } = record
  return {
    status: entitlement?.status ?? null,
    activations: record.activations,
    basis: entitlement?.basis ?? null,
    epoch: record.epoch,
    serial: record.serial,
    issuedAt: entitlement?.issuedAt ?? null,
    ageMs: entitlement && time - entitlement.issuedAt,
    expiresAt: entitlement?.expiresAt ?? null,
    leaseEndsAt: entitlement?.leaseEndsAt ?? null,
    staleAt: entitlement && staleTime(entitlement, policy),
    trustEndsAt: entitlement && trustEnd(entitlement, policy),
    lastWordAt: record.lastWordAt,
    deactivatedAt: record.deactivatedAt,
    activationPending: record.pending !== null,
    supersededKeys: record.superseded.length,
    backOff: record.backOff,
  }
}
