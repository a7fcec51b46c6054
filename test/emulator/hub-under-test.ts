import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import type { WireCatalogComponent, WireItems } from '../../src/protocol/wire/component.js'
import type { WireValidationIssue } from '../../src/protocol/wire/error.js'
import type { WireDeactivation, WireLicense } from '../../src/protocol/wire/license.js'
import type { WireProductRequest, WireUpdateCheck, WireUpdateInfo } from '../../src/protocol/wire/release.js'

export const startsAt: number = Date.parse('2026-01-15T12:00:00Z')

export const keys = {
  starter: 'FLVR-ABCD-EFGH-IJKL-MNOP',
  business: 'FLVR-BUSI-NESS-0000-0001',
  agency: 'FLVR-AGEN-CY00-0000-0001',
  free: 'FLVR-FREE-0000-0000-0001',
  expired: 'FLVR-EXPI-RED0-0000-0001',
  revoked: 'FLVR-REVO-KED0-0000-0001',
  usedUp: 'FLVR-USED-UP00-0000-0001',
  lifetime: 'FLVR-LIFE-TIME-0000-0001',
  endsSoon: 'FLVR-SOON-ENDS-0000-0001',
  otherProduct: 'FLVR-BAKE-RY00-0000-0001',
  unknownTier: 'FLVR-PLAT-INUM-0000-0001',
} as const

/** A clock that only a test moves. */
export interface ManualClock {
  now(): number
  advance(ms: number): void
}

export interface HubUnderTest {
  readonly emulator: Emulator
  readonly clock: ManualClock
  post(path: string, body?: object, init?: PostInit): Promise<Response>
  postJson(path: string, body?: object, init?: PostInit): Promise<JsonAnswer>
}

export interface PostInit {
  readonly headers?: Record<string, string>
  readonly remoteAddress?: string
  readonly signal?: AbortSignal
}

/** The fields of every answer at once: a test reads those that it asserts on. */
export type AnswerBody = WireLicense &
  WireDeactivation &
  WireUpdateCheck &
  WireUpdateInfo &
  WireItems<WireCatalogComponent> & { readonly code: string; readonly detail: readonly WireValidationIssue[] }

export interface JsonAnswer {
  readonly status: number
  readonly body: AnswerBody
}

export function manualClock(at: number = startsAt): ManualClock {
  let now = at
  return {
    now: () => now,
    advance: (ms) => {
      now += ms
    },
  }
}

export const request: WireProductRequest = {
  license_key: keys.starter,
  product_slug: 'flavor-starter',
  domain: 'mysite.com',
}

/** Rate limits are off unless a test is about them. */
export function hubUnderTest(options: EmulatorOptions = {}): HubUnderTest {
  const clock = manualClock()
  const emulator = createEmulator({ clock, rateLimit: { strategy: 'off' }, ...options })
  const post: HubUnderTest['post'] = (path, body = {}, init = {}) =>
    emulator.fetch(`https://hub.example/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...init.headers },
      body: JSON.stringify({ ...request, ...body }),
      ...(init.remoteAddress === undefined ? {} : { remoteAddress: init.remoteAddress }),
      ...(init.signal && { signal: init.signal }),
    })
  return {
    emulator,
    clock,
    post,
    postJson: async (path, body, init) => {
      const response = await post(path, body, init)
      return { status: response.status, body: (await response.json()) as AnswerBody }
    },
  }
}
