import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { colorsFor } from '../../src/cli/render/colors.js'
import { renderColumns } from '../../src/cli/render/columns.js'
import { renderDate } from '../../src/cli/render/dates.js'
import { wantsColor } from '../../src/cli/terminal.js'
import { fakeTerminal, runHere } from './fake-terminal.js'
import { keys, openShop } from './shop.js'

const noon = Date.parse('2026-01-15T12:00:00Z')
const escapeCode = '\u001B['

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('what people read', () => {
  it('is a sentence and aligned facts for an activation', async () => {
    const { options } = await openShop()
    const { stdout } = await runHere(['activate', keys.starter, ...options])
    expect(stdout).toBe(
      [
        'The license is active.',
        '',
        '  State        licensed, says the hub',
        '  License      FLVR-****-****-****-MNOP',
        '  Domain       mysite.com',
        '  Tier         starter',
        '  Features     checkout, courier-tracking',
        '  Expires      2027-01-15 12:00 UTC (in 365 days)',
        '  Verified     2026-01-15 12:00 UTC (now)',
        '  Next check   2026-01-16 00:00 UTC (in 12 hours)',
        '  Activations  1 of 1',
        '',
      ].join('\n'),
    )
  })

  it('says how long a license works that could not be checked', async () => {
    const { hub, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    await hub.close()
    vi.setSystemTime(noon + 13 * 3_600_000)
    const { stdout } = await runHere(['verify', ...options])
    expect(stdout).toMatch(/^The license works for now but could not be checked\./)
    expect(stdout).toContain('  State         grace (connection-refused), from the record\n')
    expect(stdout).toContain('  Works until   2026-01-30 00:00 UTC (in 14 days)\n')
    expect(stdout).toContain('  Verified      2026-01-15 12:00 UTC (13 hours ago)\n')
    expect(stdout).toMatch(
      /\n {2}Last attempt {2}connection-refused, next from 2026-01-16 01:\d\d UTC \(in \d minutes\)\n/,
    )
  })

  it('tells a lifetime license, a staging domain and unlimited activations', async () => {
    const { options } = await openShop()
    const { stdout } = await runHere(['activate', keys.free, ...options, '--domain', 'shop.test'])
    expect(stdout).toContain('  Domain       shop.test (staging, takes no activation)\n')
    expect(stdout).toContain('  Expires      never\n')
    expect(stdout).toContain('  Activations  0, unlimited\n')
  })

  it('gives the reason of a refusal', async () => {
    const { options } = await openShop()
    const { stdout } = await runHere(['activate', keys.revoked, ...options])
    expect(stdout).toBe(
      'This license has been revoked. Contact the seller if you think that this is a mistake.\n\n  Reason  revoked\n',
    )
  })

  it('says how many domains a license is active on that is active on all that it may be', async () => {
    const { options } = await openShop()
    const { stdout } = await runHere(['activate', keys.usedUp, ...options])
    expect(stdout).toMatch(/\n\n {2}Reason {7}limit-reached\n {2}Activations {2}1 of 1\n$/)
  })

  it('describes an update', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const { stdout } = await runHere(['updates', ...options])
    expect(stdout).toMatch(
      /^An update is available\.\n\n {2}Installed {2}1\.4\.2\n {2}Available {2}1\.5\.0 \(stable\)\n/,
    )
    expect(stdout).toContain('  Released   2026-01-01 12:00 UTC (14 days ago)\n')
    expect(stdout).toContain('  Size       262,714 bytes\n')
    const current = await runHere(['updates', ...options, '--product-version', '1.5.0'])
    expect(current.stdout).toBe('The product is up to date.\n\n  Installed  1.5.0\n')
  })

  it('describes a deactivation, and one that had nothing to do', async () => {
    const { options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    expect((await runHere(['deactivate', ...options])).stdout).toBe(
      'The license has been deactivated here and can be used elsewhere.\n\n  Activations  0 of 1\n',
    )
    expect((await runHere(['deactivate', ...options])).stdout).toBe(
      'No license was active here, so there was nothing to deactivate.\n',
    )
  })

  it('says when to try again', async () => {
    const { hub, options } = await openShop()
    await hub.close()
    const { stdout } = await runHere(['activate', keys.starter, ...options])
    expect(stdout).toMatch(/\n\n {2}Reason {5}connection-refused\n {2}Try again {2}from 2026-01-15 12:0\d UTC/)
  })

  it('keeps the warning about an unpinned hub to one line on standard error', async () => {
    const { unpinned } = await openShop()
    const { exitCode, stdout, stderr } = await runHere(['activate', keys.starter, '--json', ...unpinned])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).outcome).toBe('activated')
    expect(stderr).toMatch(/^warning: No hub key is pinned \(--trusted-key\), so [^\n]*\n$/)
  })
})

describe('color', () => {
  it.each([
    [true, true, {}],
    [true, true, { NO_COLOR: '' }],
    [false, true, { NO_COLOR: '1' }],
    [false, true, { TERM: 'dumb' }],
    [false, false, {}],
    [false, false, { FORCE_COLOR: '1' }],
  ])('is %s on a terminal (%s) with %j', (colored, isTTY, env) => {
    expect(wantsColor(fakeTerminal({ isTTY, env }))).toBe(colored)
  })

  it('marks the sentence and the labels, and moves no column', async () => {
    const { options } = await openShop()
    const plain = await runHere(['status', ...options])
    const colored = await runHere(['status', ...options], { isTTY: true })
    expect(plain.stdout).not.toContain(escapeCode)
    expect(colored.stdout).toContain(`${escapeCode}33m`)
    expect(stripVTControlCharacters(colored.stdout)).toBe(plain.stdout)
  })

  it('never stands in JSON', async () => {
    const { options } = await openShop()
    expect((await runHere(['status', '--json', ...options], { isTTY: true })).stdout).not.toContain(escapeCode)
  })
})

describe('text from elsewhere', () => {
  it('cannot steer the terminal', () => {
    const { dim } = colorsFor(fakeTerminal())
    expect(renderColumns('Sentence.', [['Tier', `gold${escapeCode}2J\r\n\u202Eevil`]], dim)).toBe(
      'Sentence.\n\n  Tier  gold\uFFFD[2J\uFFFD\uFFFD\uFFFDevil',
    )
  })

  it('is never a date that cannot be printed', () => {
    expect(renderDate(1e18, noon)).toBe('unknown')
  })
})
