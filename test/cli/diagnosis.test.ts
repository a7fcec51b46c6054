import { describe, expect, it } from 'vitest'
import { findProblems } from '../../src/cli/diagnosis.js'
import { colorsFor } from '../../src/cli/render/colors.js'
import { renderExplanation } from '../../src/cli/render/explanation.js'
import { renderRule } from '../../src/cli/render/verdict-rule.js'
import type { Explanation, SetbackReason, Verdict } from '../../src/index.js'
import { fakeTerminal } from './fake-terminal.js'
import { healthy, healthyRecord, noon, unwell } from './sample-explanation.js'

const { storage, clock, network, verdict } = healthy

const withStorage = (changes: Partial<Explanation['storage']>) => unwell({ storage: { ...storage, ...changes } })
const withNetwork = (changes: Partial<Explanation['network']>) => unwell({ network: { ...network, ...changes } })
const afterSetback = (reason: SetbackReason, changes: Partial<Explanation['network']> = {}) =>
  unwell({ verdict: { ...verdict, lastAttempt: { reason, retryAt: noon } }, network: { ...network, ...changes } })

describe('a diagnosis', () => {
  it('finds nothing on a machine on which all is well', () => {
    expect(findProblems(healthy, false)).toEqual([])
  })

  it.each<[string, Explanation, RegExp]>([
    ['no directory', withStorage({ directory: null, mode: null, writable: false }), /^Nothing is kept on disk.*HOME/],
    [
      'a directory that cannot be written to',
      withStorage({ writable: false, problem: 'EROFS: read-only file system' }),
      /^The directory \/data cannot be written to \(EROFS: read-only file system\)\. Make it writable/,
    ],
    [
      'a directory that others may enter',
      withStorage({ mode: '0755' }),
      /^Wrong permissions: \/data \(0755\)\. Run: chmod -R u\+rwX,go-rwx '\/data'$/,
    ],
    [
      'a file that others may read',
      withStorage({ files: [{ name: 'client-key-v1', mode: '0644' }] }),
      /^Wrong permissions: client-key-v1 \(0644\)/,
    ],
    [
      'a file that its owner may not write',
      withStorage({ files: [{ name: 'client-key-v1', mode: '0400' }] }),
      /^Wrong permissions: client-key-v1 \(0400\)/,
    ],
    [
      'many such files',
      withStorage({ files: Array.from({ length: 9 }, (_, index) => ({ name: `f${index}`, mode: '0666' })) }),
      /f4 \(0666\) and 4 more\. Run/,
    ],
    [
      'damaged files',
      withStorage({ files: [{ name: 'a.jws.damaged', mode: '0600' }] }),
      /^1 damaged file had to be set aside: a\.jws\.damaged\./,
    ],
    ['a clock behind the floor', unwell({ clock: { ...clock, behindFloor: true } }), /^The clock .* Set the date/],
    [
      'a clock behind that of the hub',
      unwell({ clock: { ...clock, offsetMs: 90 * 60_000 } }),
      /was 90 minutes behind the hub's/,
    ],
    [
      'a clock ahead of that of the hub',
      unwell({ clock: { ...clock, offsetMs: -72 * 3_600_000 } }),
      /was 3 days ahead of the hub's/,
    ],
    ['certificates that are not checked', withNetwork({ certificatesVerified: false }), /anybody can pose as the hub/],
    [
      'no pinned key',
      unwell({ hub: { ...healthy.hub, trustedKeys: [] } }),
      /^No key of the hub is pinned.*--trusted-key/,
    ],
    ['a connection that failed', afterSetback('timeout'), /\(timeout\)\. Check the connection/],
    [
      'a connection that failed behind a proxy',
      afterSetback('timeout', { proxyVariables: ['HTTPS_PROXY'] }),
      /A proxy is set by HTTPS_PROXY/,
    ],
    [
      'a proxy that failed',
      afterSetback('proxy-failed', { proxyVariables: ['HTTPS_PROXY'] }),
      /proxy that HTTPS_PROXY/,
    ],
    ['a certificate that is not trusted', afterSetback('tls-failed'), /name its certificate in NODE_EXTRA_CA_CERTS/],
    [
      'a further authority',
      afterSetback('tls-failed', { extraCertificates: true }),
      /the file that NODE_EXTRA_CA_CERTS/,
    ],
    ['too many requests', afterSetback('rate-limited'), /Too many requests/],
    ['an answer that is not the hub’s', afterSetback('proof-invalid'), /--hub and --trusted-key/],
    [
      'an activation that was not answered',
      unwell({ record: { ...healthyRecord, activationPending: true } }),
      /Activate the same key again/,
    ],
    ['keys still to be freed', unwell({ record: { ...healthyRecord, supersededKeys: 2 } }), /^2 replaced keys still/],
  ])('names %s, and what to do', (_name, explanation, sentence) => {
    expect(findProblems(explanation, false)).toEqual([expect.stringMatching(sentence)])
  })

  it('takes small differences of clocks for what they are', () => {
    expect(findProblems(unwell({ clock: { ...clock, offsetMs: 5 * 60_000 } }), false)).toEqual([])
  })

  it('does not judge permissions where there are none', () => {
    expect(findProblems(withStorage({ mode: '0777', files: [{ name: 'a', mode: '0666' }] }), true)).toEqual([])
  })
})

describe('the rule of a verdict', () => {
  const base = {
    source: 'record',
    domain: 'mysite.com',
    staging: false,
    licenseKey: null,
    message: '',
    nextCheckAt: 0,
  } as const
  const terms = { tier: 'starter', features: [], expiresAt: null, verifiedAt: noon }
  const unlicensed = { state: 'unlicensed', ...base, expiresAt: null, verifiedAt: null } as const
  const lease = healthyRecord.leaseEndsAt

  it.each<[string, Verdict, Partial<typeof healthyRecord>, string]>([
    ['a fresh word', { state: 'licensed', ...base, ...terms }, {}, 'still fresh'],
    ['a license file', { state: 'licensed', ...base, ...terms }, { basis: 'offline' }, 'a license file of the seller'],
    [
      'a stale word',
      { state: 'grace', ...base, ...terms, endsAt: 0, reason: 'not-asked-yet' },
      {},
      'not been asked since',
    ],
    ['a silent hub', { state: 'grace', ...base, ...terms, endsAt: 0, reason: 'timeout' }, {}, '(timeout)'],
    ['a softened end', { state: 'grace', ...base, ...terms, endsAt: 0, reason: 'expired' }, {}, 'some time after that'],
    ['the end of grace', { ...unlicensed, reason: 'grace-over' }, {}, 'a whole grace period'],
    ['the end of a token', { ...unlicensed, reason: 'grace-over' }, { trustEndsAt: lease }, 'the token of the hub'],
    [
      'the end of a license file',
      { ...unlicensed, reason: 'grace-over' },
      { trustEndsAt: lease, basis: 'offline' },
      'the license file has ended',
    ],
    ['a revocation', { ...unlicensed, reason: 'revoked' }, {}, 'revoked'],
    ['a clock', { ...unlicensed, reason: 'clock' }, {}, 'latest time that has certainly passed'],
    ['no record', { state: 'unknown', ...base, reason: 'no-record' }, {}, 'no record'],
  ])('is named for %s', (_name, judged, changes, words) => {
    expect(renderRule(unwell({ verdict: judged, record: { ...healthyRecord, ...changes } }))).toContain(words)
  })
})

describe('the page', () => {
  const page = (explanation: Explanation) => renderExplanation(explanation, noon, colorsFor(fakeTerminal()))

  it('says so where there is no problem', () => {
    expect(page(healthy)).toMatch(/^The license is active\.\n\nNo problem was found on this machine\.\n\nVerdict\n/)
  })

  it('puts the problems before the facts', () => {
    const text = page(withStorage({ mode: '0755' }))
    expect(text).toMatch(/^The license is active\.\n\nProblems\n {2}1\. {2}Wrong permissions[^\n]*\n\nVerdict\n/)
  })

  it('tells ages, offset, contact and the next permitted request', () => {
    const text = page(healthy)
    expect(text).toMatch(/^ {2}Rule +the hub has vouched for it/m)
    expect(text).toMatch(/^ {2}Last word of the hub +2026-01-15 11:00 UTC \(1 hour ago\)$/m)
    expect(text).toMatch(/^ {2}The hub is ahead +0\.0 s$/m)
    expect(text).toMatch(/^ {2}Permissions +0700$/m)
    expect(text).toMatch(/^ {2}verify +now$/m)
    expect(text).toMatch(/^ {2}activation +2026-01-15 13:00 UTC \(in 1 hour\)$/m)
  })

  it('fits on one', () => {
    expect(page(healthy).split('\n').length).toBeLessThanOrEqual(66)
  })
})
