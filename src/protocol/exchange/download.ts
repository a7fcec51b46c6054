import * as v from 'valibot'
import type { LicenseKey } from '../../domain/license/license-key.js'
import { requestedWaitMs } from '../requested-wait.js'
import { type Reading, type ReceivedResponse, type ResponseHead, readResponse, setback } from '../response.js'
import type { WireDownloadRequest } from '../wire/release.js'

export interface DownloadQuestion {
  readonly licenseKey: LicenseKey
  readonly product: string
  readonly domain: string
  readonly version: string
}

export function buildDownloadRequest({ licenseKey, product, domain, version }: DownloadQuestion): WireDownloadRequest {
  return { license_key: licenseKey, product_slug: product, domain, version }
}

/** Where a download goes on. */
export interface ResumePoint {
  readonly from: number
  /** What the server calls the version of the file that the bytes are from. */
  readonly validator: string
}

/**
 * Asks for the rest of a file, unless it has changed: then the server sends the whole of the new one, in place of a rest
 * that would not fit (RFC 9110, section 13.1.5).
 */
export function rangeHeaders(point: ResumePoint | null): Readonly<Record<string, string>> {
  return point ? { range: `bytes=${point.from}-`, 'if-range': point.validator } : {}
}

/** A name for this very version of the file that `If-Range` may be given. A weak entity tag stands for several. */
export function fileValidator({ headers }: ResponseHead): string | null {
  const { etag, 'last-modified': lastModified } = headers
  if (etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag)) return etag
  return etag === undefined ? (lastModified ?? null) : null
}

/**
 * What the head of a response says about the file:
 *
 * - `file`: its bytes follow, from `from` on.
 * - `changed`: what is there already is not of the file that the server has now, or the rest of it is not to be had.
 * - `other-size`: it is not the file that was asked for.
 * - `none`: no file follows.
 */
export type FileHead =
  | { readonly kind: 'file'; readonly from: number }
  | { readonly kind: 'changed' | 'other-size' }
  | { readonly kind: 'none' }

export function readFileHead(head: ResponseHead, point: ResumePoint | null, size: number): FileHead {
  const { status, headers } = head
  if (status === 416 && point) return { kind: 'changed' }
  if (status === 200 && !isPage(headers)) {
    const length = headers['content-length']
    return length === undefined || length === String(size) ? { kind: 'file', from: 0 } : { kind: 'other-size' }
  }
  if (status !== 206 || !point) return { kind: 'none' }

  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
  // Whoever answers with another part does so each time: only without what is there does one get any further.
  if (first !== String(point.from)) return { kind: 'changed' }
  // A server that does not heed If-Range shows by these that its file is another one.
  const fits = last === String(size - 1) && (total === String(size) || total === '*')
  const same = headers['etag'] === undefined || headers['etag'] === point.validator
  return fits && (same || !point.validator.startsWith('"')) ? { kind: 'file', from: point.from } : { kind: 'changed' }
}

/** A sign-in page of the network comes as HTML, with the status of success. */
function isPage(headers: ResponseHead['headers']): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '')
}

const nothing = v.never()

/** Reads a response without a file: the hub's refusal, or what kept its word from us. */
export function readFileRefusal(response: ReceivedResponse, now: number): Reading<never> {
  return readResponse(response, nothing, now)
}

/** What an answer of the host of files means that brings none: the hub's own codes are not to be found there. */
export function readForeignRefusal({ status, headers }: ResponseHead, now: number): Reading<never> {
  if (status === 407) return setback('proxy-failed')
  if (isPage(headers) && status < 400) return setback('not-json')
  return status >= 400 ? setback('hub-failed', requestedWaitMs(headers, now)) : setback('unexpected-answer')
}
