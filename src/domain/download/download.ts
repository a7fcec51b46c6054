import type { Deferred, Refused } from '../license/outcome.js'
import { refusalMessage, type UpdateRefusal } from '../license/refusal.js'
import type { Release } from '../update/release.js'

/**
 * Why a release is not downloaded, or what was downloaded is not handed out. Stable: products may rely on these strings.
 *
 * - `not-newer`: it is not newer than what is installed.
 * - `no-such-release`: the hub no longer has it.
 * - `unsafe-filename`: its file has a name that means something else on some system.
 * - `proof-missing`, `proof-invalid`, `proof-expired`: the hub's signature, where its keys are pinned.
 * - `unsafe-redirect`: the hub sent us to an address that is not to be asked.
 * - `wrong-file`: what arrived is not the file that the release names.
 */
export type DownloadRefusal =
  | UpdateRefusal
  | 'not-newer'
  | 'no-such-release'
  | 'unsafe-filename'
  | 'proof-missing'
  | 'proof-invalid'
  | 'proof-expired'
  | 'unsafe-redirect'
  | 'wrong-file'

/** The file of the release is there, whole, with the stated size and SHA-256. */
export interface Downloaded {
  readonly outcome: 'downloaded'
  readonly release: Release
  /** Absolute. */
  readonly path: string
}

/**
 * What is in the way on this machine.
 *
 * - `disk-failed`: the operating system said no; the message says why.
 * - `place-taken`: another file has the name of this one. It is never replaced: the name comes from the hub, and no
 *   signature covers it.
 */
export type DownloadFailure = 'disk-failed' | 'place-taken'

/** The file could not be written on this machine. */
export interface DownloadFailed {
  readonly outcome: 'failed'
  readonly reason: DownloadFailure
  /** A sentence for the person in front of the product. */
  readonly message: string
}

/** What became of a download. */
export type DownloadOutcome = Downloaded | Refused<DownloadRefusal> | Deferred | DownloadFailed

/** How far a download is. The first is `started`, the last `verified`; where the file is there already, only that. */
export type DownloadProgress =
  /** Bytes begin to arrive. `bytes` are there from an earlier attempt. */
  | { readonly stage: 'started'; readonly bytes: number; readonly total: number }
  | {
      readonly stage: 'progress'
      readonly bytes: number
      readonly total: number
      readonly bytesPerSecond: number
      /** At the present rate; `null` while nothing arrives. */
      readonly remainingMs: number | null
    }
  | { readonly stage: 'verified'; readonly bytes: number; readonly total: number }

/** The sentence for the person in front of the product. */
export const downloadRefusalMessage: Readonly<Record<DownloadRefusal, string>> = {
  ...refusalMessage,
  'not-newer': 'This version is not newer than the installed one, so it was not downloaded.',
  'no-such-release': 'The license server no longer offers this version. Check for updates again.',
  'unsafe-filename': 'The file of this version has a name that is not safe on this computer. Contact the seller.',
  'proof-missing': "This version does not carry the seller's signature, so it was not downloaded. Contact the seller.",
  'proof-invalid': "The seller's signature on this version is not valid, so it was not downloaded. Contact the seller.",
  'proof-expired': "The seller's signature on this version has expired. Check for updates again.",
  'unsafe-redirect': 'The license server pointed to an address that is not safe to download from. Contact the seller.',
  'wrong-file': 'The file that arrived is not the one that the seller released, so it was deleted. Contact the seller.',
}

export function refusedDownload(reason: DownloadRefusal): Refused<DownloadRefusal> {
  return { outcome: 'refused', reason, message: downloadRefusalMessage[reason] }
}

/** The sentence for the person in front of the product. */
export const downloadFailureMessage: Readonly<Record<DownloadFailure, string>> = {
  'disk-failed': 'The file could not be written on this computer. Free some space or check the permissions.',
  'place-taken':
    'Another file has the name of this download. Move it away, or choose another directory, then try again.',
}

/** @param path - Of the file that is in the way. */
export function nameTaken(path: string): DownloadFailed {
  return failed('place-taken', path)
}

/** @param detail - What the operating system says. */
export function failedDownload(detail: string): DownloadFailed {
  return failed('disk-failed', detail)
}

function failed(reason: DownloadFailure, detail: string): DownloadFailed {
  return { outcome: 'failed', reason, message: `${downloadFailureMessage[reason]} (${detail})` }
}
