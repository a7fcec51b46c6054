import type { Explanation, RecordExplanation, Verdict } from '../../src/index.js'

export const noon: number = Date.parse('2026-01-15T12:00:00Z')
const hour = 3_600_000

const verdict: Verdict = {
  state: 'licensed',
  source: 'record',
  domain: 'mysite.com',
  staging: false,
  licenseKey: 'FLVR-****-****-****-MNOP',
  message: 'The license is active.',
  nextCheckAt: noon + 11 * hour,
  tier: 'starter',
  features: [],
  expiresAt: null,
  verifiedAt: noon - hour,
}

export const healthyRecord: RecordExplanation = {
  status: 'active',
  activations: { used: 1, limit: 3 },
  basis: 'hub',
  epoch: 1,
  serial: 3,
  issuedAt: noon - hour,
  ageMs: hour,
  expiresAt: null,
  leaseEndsAt: noon + 30 * 24 * hour,
  staleAt: noon + 11 * hour,
  trustEndsAt: noon + 14 * 24 * hour,
  lastWordAt: noon - hour,
  deactivatedAt: null,
  activationPending: false,
  supersededKeys: 0,
  backOff: null,
}

/** Of a machine on which all is well. */
export const healthy: Explanation = {
  packageVersion: '0.1.0',
  verdict,
  product: { slug: 'flavor-starter', version: '1.4.2' },
  hub: { url: 'https://hub.example/api/v1', trustedKeys: ['k1'] },
  record: healthyRecord,
  clock: { now: noon, offsetMs: 0, floor: noon - hour, behindFloor: false },
  storage: {
    directory: '/data',
    mode: '0700',
    writable: true,
    problem: null,
    files: [
      { name: 'client-key-v1', mode: '0600' },
      { name: 'ledger', mode: '0700' },
      { name: 'activation.lock', mode: '0755' },
    ],
  },
  network: { client: 'undici', proxyVariables: [], extraCertificates: false, certificatesVerified: true },
  nextPermittedAt: { verify: noon, activation: noon + hour },
}

export function unwell(changes: Partial<Explanation>): Explanation {
  return { ...healthy, ...changes }
}
