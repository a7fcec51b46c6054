import { digestText } from '../../asking/digest.js'
import { FlavorLicenseError } from '../../domain/errors.js'
import { clockToleranceMs, readClock } from '../../domain/license/clock-guard.js'
import type { ActivateOfflineOutcome } from '../../domain/license/outcome.js'
import { type Entitlement, emptyRecord, type LicenseRecord } from '../../domain/license/record.js'
import { type OfflineRefusal, offlineRefusalMessage } from '../../domain/license/refusal.js'
import { activateOffline } from '../../domain/license/transition.js'
import { type OfflineLicenseProblem, openOfflineLicense } from '../../protocol/offline-license.js'
import type { Engine } from '../engine.js'
import { verdictOn } from './verdict-on.js'

/** Problems that a customer can act on; any other means that the token is not the vendor's. */
const refusals: Readonly<Partial<Record<OfflineLicenseProblem, OfflineRefusal>>> = {
  'wrong-hub': 'wrong-hub',
  'wrong-product': 'wrong-product',
  'wrong-domain': 'wrong-domain',
  'wrong-installation': 'wrong-installation',
}

/** Installs a license that the vendor issued as a file. Asks no hub. */
export async function activateLicenseOffline(engine: Engine, token: string): Promise<ActivateOfflineOutcome> {
  const { clock, hash, keeper, settings, signature } = engine
  if (typeof token !== 'string') {
    // What reads a file without a name of its encoding gives bytes.
    throw new FlavorLicenseError('invalid-option', "The license file must be given as text: read it as 'utf8'.")
  }
  // Without a pinned key nothing could tell the vendor's token from anybody's.
  if (settings.hubKeys.size === 0) return refused('no-trusted-keys')

  const { installation, domain } = await engine.identity()
  const compact = token.trim()
  const opened = openOfflineLicense(compact, {
    keys: settings.hubKeys,
    verify: signature.verify,
    hub: settings.hub,
    product: settings.product.slug,
    domain,
    installation,
  })
  if (!opened.ok) return refused(refusals[opened.problem] ?? 'invalid-token')
  const { entitlement, subject } = opened
  const now = clock.now()
  const loaded = await keeper.load()
  const refusal = refusalOfTerms(entitlement, typeof loaded === 'string' ? emptyRecord : loaded, now)
  if (refusal) return refused(refusal)

  const isFor = (licenseKey: string) => digestText(hash, licenseKey) === subject
  const record = await keeper.save((newest) => activateOffline(newest, { entitlement, token: compact, isFor }))
  return { outcome: 'activated', verdict: await verdictOn(engine, record, now, 'record') }
}

function refusalOfTerms(entitlement: Entitlement, record: LicenseRecord, now: number): OfflineRefusal | undefined {
  const { status, issuedAt, expiresAt, leaseEndsAt } = entitlement
  const { time } = readClock(record.clock, now)
  if (status === 'expired') return 'expired'
  if (status !== 'active') return 'not-active'
  // An old file must not bring back what the hub has revoked or what has expired since (replay).
  if (record.lastWordAt !== null && issuedAt <= record.lastWordAt) return 'outdated'
  // No answer vouches for the machine's clock here, so a file from the future could outlive a clock that is set back.
  if (issuedAt > time + clockToleranceMs) return 'from-the-future'
  if (Math.min(expiresAt ?? Number.POSITIVE_INFINITY, leaseEndsAt ?? Number.POSITIVE_INFINITY) <= time) return 'expired'
  return undefined
}

function refused(reason: OfflineRefusal): ActivateOfflineOutcome {
  return { outcome: 'refused', reason, message: offlineRefusalMessage[reason] }
}
