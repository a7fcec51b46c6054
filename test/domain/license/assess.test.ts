import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/license/assess.js'
import { type SetbackReason, setbackMessage } from '../../../src/domain/license/setback.js'
import { verdictMessage } from '../../../src/domain/license/verdict-message.js'
import { dayMs, entitlement, keyA, policy, record, spokenAt } from './sample-record.js'
import { readVerdictCases, type VerdictCase } from './verdict-cases.js'

const cases = readVerdictCases()

describe('assess', () => {
  it.each(cases.map((each): [string, VerdictCase] => [`${each.title}: ${each.name}`, each]))('%s', (_name, each) => {
    const { message, ...verdict } = assess(each.record, each.context)
    expect(verdict).toEqual(each.verdict)
    expect(message).not.toBe('')
  })

  it('has a case for every reason but the many for which the hub may not decide', () => {
    const covered = new Set(
      cases.map(({ verdict }) => `${verdict.state} ${'reason' in verdict ? verdict.reason : ''}`.trim()),
    )
    const { unlicensed, unknown } = verdictMessage
    const reasons = [
      'licensed',
      'grace not-asked-yet',
      'grace expired',
      ...Object.keys(unlicensed).map((reason) => `unlicensed ${reason}`),
      ...Object.keys(unknown).map((reason) => `unknown ${reason}`),
    ]
    for (const reason of reasons) expect(covered).toContain(reason)
  })

  it('has cases of distinct names', () => {
    const names = cases.map(({ title, name }) => `${title}: ${name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('is shown to readers as it is: docs/verdicts.md is up to date', () => {
    const script = fileURLToPath(new URL('../../../scripts/verdict-table.mjs', import.meta.url))
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
  })
})

describe('the message of a verdict', () => {
  const context = { now: spokenAt, domain: 'auto', policy, source: 'record' } as const
  const stale = { ...context, now: spokenAt + dayMs }

  it('of a license that works', () => {
    expect(assess(record(), context).message).toBe(verdictMessage.licensed)
  })

  it('of a license that is due to be checked, or has just ended', () => {
    expect(assess(record(), stale).message).toBe(verdictMessage.grace['not-asked-yet'])
    const ended = record({ entitlement: entitlement({ status: 'expired' }) })
    const lenient = { ...context, policy: { ...policy, expiryGraceMs: 1 } }
    expect(assess(ended, lenient).message).toBe(verdictMessage.grace.expired)
  })

  it.each(Object.keys(setbackMessage) as SetbackReason[])('says what to do about %s', (reason) => {
    const { message } = assess(record(), { ...stale, setback: { reason, retryAt: 0 } })
    expect(message).toBe(`${verdictMessage.grace.undecided} ${setbackMessage[reason]}`)
  })

  it('is that of its reason where the license does not work or is not known', () => {
    for (const each of cases) {
      const verdict = assess(each.record, each.context)
      if (verdict.state === 'unlicensed') expect(verdict.message).toBe(verdictMessage.unlicensed[verdict.reason])
      if (verdict.state !== 'unknown') continue
      // Whoever has entered a key that nobody has answered for reads what is in the way of that, and not to enter one.
      const isOpen = typeof each.record !== 'string' && (each.record.pending ?? each.record.licenseKey) !== null
      const said = verdictMessage.unknown[isOpen ? 'proof-missing' : verdict.reason]
      expect(verdict.message.startsWith(said)).toBe(true)
    }
  })

  it('of a key that was entered and not answered for: what is in the way', () => {
    const pending = { licenseKey: keyA, nonce: 'n', startedAt: spokenAt }
    const entered = record({ licenseKey: null, entitlement: null, lastWordAt: null, pending })
    const unconfirmed = verdictMessage.unknown['proof-missing']
    expect(assess(entered, context).message).toBe(`${unconfirmed} ${verdictMessage.checkAgain}`)
    expect(assess(entered, { ...context, setback: { reason: 'timeout', retryAt: 0 } }).message).toBe(
      `${unconfirmed} ${setbackMessage.timeout}`,
    )
  })
})

describe('the license key', () => {
  it('is in no verdict', () => {
    for (const each of cases) {
      expect(JSON.stringify(assess(each.record, each.context))).not.toMatch(/FLVR-[0-9A-Z]{4}/)
    }
  })
})
