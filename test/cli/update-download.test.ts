import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { downloadReporter } from '../../src/cli/download-reporter.js'
import { renderUpdateInfo } from '../../src/cli/render/update-info.js'
import type { Release } from '../../src/index.js'
import { itWhere } from '../process/support/machine.js'
import { fakeTerminal, runHere } from './fake-terminal.js'
import { keys, openShop, temporaryDirectory } from './shop.js'

async function licensedShop() {
  const shop = await openShop()
  await runHere(['activate', keys.starter, ...shop.options])
  return { ...shop, to: join(temporaryDirectory(), 'downloads') }
}

describe('update info', () => {
  it('shows what the author says, of the latest and of any version', async () => {
    const { options } = await licensedShop()
    const latest = await runHere(['update', 'info', '--json', ...options])
    expect([latest.exitCode, JSON.parse(latest.stdout)]).toMatchObject([
      0,
      { outcome: 'described', release: { version: '1.5.0' }, changelog: expect.any(String) },
    ])
    const { exitCode, stdout } = await runHere(['update', 'info', '1.4.2', ...options])
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^Version 1\.4\.2\n/)])
  })

  it('lets no text of the hub command the terminal', () => {
    const release = { version: '1.5.0', channel: 'stable', releasedAt: 0 } as Release
    const changelog = '# News\r\n\u001b[2J\u009b1m\u202etxt\tnew\n'
    const shown = renderUpdateInfo({ outcome: 'described', release, changelog }, 0, picocolors.createColors(false))
    expect(shown.endsWith('\n\n# News\n[2J1mtxt\tnew')).toBe(true)
  })

  it('answers 3 where the hub refuses', async () => {
    const shop = await openShop()
    const { exitCode, stdout } = await runHere(['update', 'info', '--json', ...shop.options])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([3, { outcome: 'refused', reason: 'not-activated' }])
  })
})

describe('update download', () => {
  it('leaves exactly the verified file in the directory', async () => {
    const { options, to } = await licensedShop()
    const { exitCode, stdout, stderr } = await runHere(['update', 'download', '--to', to, '--json', ...options])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'downloaded',
      path: join(to, 'flavor-starter-1.5.0.zip'),
      release: { version: '1.5.0' },
    })
    expect(readdirSync(to)).toEqual(['flavor-starter-1.5.0.zip'])
    expect(stderr).toMatch(/^flavor-starter-1\.5\.0\.zip: 0 %, .*\n/)
    expect(stderr).toMatch(/100 %, .*, verified\n$/)
  })

  it('takes a directory relative to where it is called, and tells people what it did', async () => {
    const { options, directory } = await licensedShop()
    const { exitCode, stdout } = await runHere(['update', 'download', '--to', 'new', ...options], { cwd: directory })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('The update has been downloaded and verified.')
    expect(stdout).toContain(join(directory, 'new', 'flavor-starter-1.5.0.zip'))
  })

  it('has nothing to do where the product is the newest', async () => {
    const { options, to } = await licensedShop()
    const line = ['update', 'download', '--to', to, '--json', ...options, '--product-version', '1.5.0']
    const { exitCode, stdout } = await runHere(line)
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { outcome: 'current' }])
  })

  it('answers 3 where the hub refuses, and 5 where it does not answer', async () => {
    const { emulator, options, to } = await licensedShop()
    const line = ['update', 'download', '--to', to, '--json', ...options]
    emulator.faults.inject({ route: 'updateDownload', kind: 'status', status: 500, times: 1 })
    expect((await runHere(line)).exitCode).toBe(5)
    emulator.faults.inject({ route: 'updateDownload', kind: 'changed-byte', times: 1 })
    const refused = await runHere(line)
    expect([refused.exitCode, JSON.parse(refused.stdout)]).toMatchObject([3, { reason: 'wrong-file' }])
    expect(readdirSync(to)).toEqual([])
  })

  it('answers 1 where this machine cannot', async () => {
    const { options, directory } = await licensedShop()
    writeFileSync(join(directory, 'a-file'), '')
    const line = ['update', 'download', '--to', join(directory, 'a-file'), '--json', ...options]
    const { exitCode, stdout } = await runHere(line)
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([1, { outcome: 'failed', reason: 'disk-failed' }])
  })

  itWhere(['the /proc of Linux'], 'answers 1 at once where nobody may make a directory', async () => {
    const { options } = await licensedShop()
    const line = ['update', 'download', '--to', '/proc/flavor-license/x', ...options]
    const { exitCode, stdout } = await runHere(line)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^The file could not be written on this computer\. [^\n]*ENOENT[^\n]*\n$/)
  })

  it('answers 1 where another file has its name, and leaves that alone', async () => {
    const { options, directory } = await licensedShop()
    const path = join(directory, 'flavor-starter-1.5.0.zip')
    writeFileSync(path, 'precious')
    const line = ['update', 'download', '--to', directory, '--json', ...options]
    const { exitCode, stdout } = await runHere(line)
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([1, { outcome: 'failed', reason: 'place-taken' }])
    expect(readFileSync(path, 'utf8')).toBe('precious')
  })

  it('wants to know where to', async () => {
    const { options } = await licensedShop()
    const { exitCode, stdout } = await runHere(['update', 'download', '--json', ...options])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { outcome: 'error', code: 'missing-option' }])
  })
})

describe('updates', () => {
  it('asks again with --fresh alone', async () => {
    const { emulator, options } = await licensedShop()
    const asked = () => emulator.arrivals.filter(({ route }) => route === 'updateCheck').length
    for (const [flags, expected] of [
      [[], 1],
      [[], 1],
      [['--fresh'], 2],
    ] as const) {
      expect((await runHere(['updates', ...flags, ...options])).exitCode).toBe(10)
      expect(asked()).toBe(expected)
    }
  })

  it('says what is not offered', async () => {
    const { emulator, options } = await licensedShop()
    emulator.addRelease({ product: 'flavor-starter', version: '2.0.0', requiresProduct: '>=1.9.0' })
    const { stdout } = await runHere(['updates', ...options])
    expect(stdout).toContain('Not offered: flavor-starter has a newer version, which needs another version')
  })
})

describe('the progress of a download', () => {
  const steps = [
    { stage: 'started', bytes: 0, total: 2_000_000 },
    { stage: 'progress', bytes: 500_000, total: 2_000_000, bytesPerSecond: 250_000, remainingMs: 6_000 },
    { stage: 'progress', bytes: 510_000, total: 2_000_000, bytesPerSecond: 0, remainingMs: null },
    { stage: 'verified', bytes: 2_000_000, total: 2_000_000 },
  ] as const

  it('is a bar on a terminal', () => {
    const terminal = fakeTerminal({ isTTY: true })
    for (const step of steps) downloadReporter(terminal, 'f.zip')(step)
    expect(terminal.printed.stderr.split('\r\u001B[K').slice(1)).toEqual([
      'f.zip  ░░░░░░░░░░░░░░░░░░░░░░░░  0 %  0 bytes of 2.0 MB',
      'f.zip  ██████░░░░░░░░░░░░░░░░░░  25 %  500.0 kB of 2.0 MB, 250.0 kB/s, 6 s left',
      'f.zip  ██████░░░░░░░░░░░░░░░░░░  25 %  510.0 kB of 2.0 MB, 0 bytes/s, waiting',
      'f.zip  ████████████████████████  100 %  2.0 MB, verified\n',
    ])
  })

  it('is a line at every tenth without one', () => {
    const terminal = fakeTerminal()
    const report = downloadReporter(terminal, 'f.zip')
    for (const step of steps) report(step)
    expect(terminal.printed.stderr.split('\n')).toEqual([
      'f.zip: 0 %, 0 bytes of 2.0 MB',
      'f.zip: 25 %, 500.0 kB of 2.0 MB, 250.0 kB/s, 6 s left',
      'f.zip: 100 %, 2.0 MB, verified',
      '',
    ])
  })
})
