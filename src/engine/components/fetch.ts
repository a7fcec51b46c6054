import type { ComponentFailed, ComponentRefused } from '../../domain/component/component-outcome.js'
import type { Downloaded } from '../../domain/download/download.js'
import type { Deferred } from '../../domain/license/outcome.js'
import type { Release } from '../../domain/update/release.js'
import { type DownloadTerms, downloadRelease } from '../download/download.js'
import type { Engine } from '../engine.js'
import type { AskOptions } from '../license/ask-license.js'
import { whyNotOffered } from './offer.js'

export interface FetchTerms extends Omit<DownloadTerms, 'deadlineMs'> {
  /** For each question to the hub. */
  readonly deadlineMs: number
  /** For the whole download; its own default where the caller names no deadline. */
  readonly downloadDeadlineMs?: number | undefined
}

/** Of the next question: a download may lie between it and the one before. */
export function questionTerms(
  { clock }: Engine,
  { deadlineMs, priority, signal }: Pick<FetchTerms, 'deadlineMs' | 'priority' | 'signal'>,
): AskOptions {
  return { endsAt: clock.monotonic() + deadlineMs, priority, signal }
}

/** Downloads the archive of a component. */
export async function fetchComponent(
  engine: Engine,
  release: Release,
  terms: FetchTerms,
): Promise<Downloaded | ComponentRefused | ComponentFailed | Deferred> {
  const fetched = await downloadRelease(engine, release, { ...terms, deadlineMs: terms.downloadDeadlineMs })
  if (fetched.outcome !== 'refused') return fetched
  const { outcome, reason, message } = fetched
  // The license has been given another tier since the hub offered the release.
  if (reason !== 'not-entitled') return { outcome, reason, message }
  return whyNotOffered(engine, release.slug, questionTerms(engine, terms))
}
