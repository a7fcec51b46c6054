import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { errorOf, type PanelUnderTest, panelUnderTest } from './panel-under-test.js'

async function licensedPanel(downloadDirectory?: string): Promise<PanelUnderTest> {
  const panel = panelUnderTest(downloadDirectory === undefined ? {} : { downloadDirectory })
  await panel.bed.grantLicense()
  panel.bed.hub.addRelease({
    product: 'test-product',
    version: '1.1.0',
    content: 'x'.repeat(40_000),
    changelog: '# New',
  })
  return panel
}

const linesOf = async (response: Response) =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('updates in the panel', () => {
  it('are found, and described when somebody asks', async () => {
    const panel = await licensedPanel()
    expect(await (await panel.post('updates')).json()).toMatchObject({
      outcome: { outcome: 'available', release: { version: '1.1.0' } },
      state: { downloads: false },
    })
    expect(await (await panel.post('updates/changelog', { version: '1.1.0' })).json()).toMatchObject({
      outcome: { outcome: 'described', changelog: '# New' },
    })
  })

  it('are downloaded with a line for each advance and a last one for what came of it', async () => {
    const directory = temporaryDirectory()
    const panel = await licensedPanel(directory)
    const lines = await linesOf(await panel.post('updates/download'))
    expect(lines[0]).toEqual({ progress: { stage: 'started', bytes: 0, total: 40_000 } })
    expect(lines.at(-2)).toEqual({ progress: { stage: 'verified', bytes: 40_000, total: 40_000 } })
    const { outcome } = lines.at(-1)
    expect(outcome).toMatchObject({ outcome: 'downloaded', release: { version: '1.1.0' } })
    expect(outcome.path.startsWith(directory)).toBe(true)
    expect(readFileSync(outcome.path, 'utf8')).toBe('x'.repeat(40_000))
  })

  it('say so where nothing is newer, and download nothing', async () => {
    const panel = panelUnderTest({ downloadDirectory: temporaryDirectory() })
    await panel.bed.grantLicense()
    expect(await linesOf(await panel.post('updates/download'))).toMatchObject([{ outcome: { outcome: 'current' } }])
  })

  it('are not downloaded where the product names no place for them', async () => {
    const panel = await licensedPanel()
    expect(await errorOf(await panel.post('updates/download'))).toEqual({ status: 404, code: 'not-found' })
  })

  it('are given up when the page goes away', async () => {
    const panel = await licensedPanel(temporaryDirectory())
    panel.bed.hub.faults.inject({ route: 'updateDownload', kind: 'stalled-body', bytes: 10_000 })
    const response = await panel.post('updates/download')
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('started')
    await reader?.cancel()
    panel.bed.hub.faults.clear()
    // One file is downloaded once: a second download would wait for the first if that went on.
    expect((await linesOf(await panel.post('updates/download'))).at(-1)).toMatchObject({
      outcome: { outcome: 'downloaded' },
    })
  })

  it('tell what failed on this machine, in the last line', async () => {
    const panel = await licensedPanel('/dev/null/nowhere')
    expect((await linesOf(await panel.post('updates/download'))).at(-1)).toMatchObject({
      outcome: { outcome: 'failed', reason: 'disk-failed' },
    })
  })

  it('go to an absolute path or nowhere', () => {
    expect(() => panelUnderTest({ downloadDirectory: 'updates' })).toThrow(/absolute/)
  })
})
