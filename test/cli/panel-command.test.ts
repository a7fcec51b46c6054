import { describe, expect, it } from 'vitest'
import { openBrowser } from '../../src/cli/panel/open-browser.js'
import { type Running, runBuilt, startHub, startRunning } from './built-command-line.js'
import { temporaryDirectory } from './shop.js'

const seconds = { timeout: 30_000 }

async function startPanel(words: readonly string[] = []): Promise<Running & { readonly url: URL }> {
  const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
  const running = await startRunning(['panel', '--no-open', ...product, '--directory', temporaryDirectory(), ...words])
  return { ...running, url: new URL(JSON.parse(running.lines[0] ?? '{}').url) }
}

const visit = (url: URL | string, headers: Record<string, string> = {}) => fetch(url, { headers, redirect: 'manual' })

async function enter(address: URL): Promise<string> {
  const entrance = await visit(address)
  expect(entrance.status).toBe(303)
  expect(entrance.headers.get('location')).toBe('/')
  const [cookie = '', ...attributes] = (entrance.headers.get('set-cookie') ?? '').split('; ')
  expect(attributes).toEqual(['HttpOnly', 'SameSite=Strict', 'Path=/'])
  return cookie
}

describe('flavor-license panel', () => {
  it('lets in the one browser that it was opened for', seconds, async () => {
    const hub = await startHub()
    const panel = await startPanel(['--hub', hub.url])
    const { url } = panel
    expect(url.hostname).toBe('127.0.0.1')
    expect((await visit(url.origin)).status).toBe(401)
    expect((await visit(`${url.origin}/?token=${'x'.repeat(43)}`)).status).toBe(403)

    const cookie = await enter(url)
    expect((await visit(url)).status).toBe(403)
    expect(await (await visit(url.origin, { cookie })).text()).toContain('<flavor-license-panel>')
    expect((await visit(url.origin, { cookie: `${cookie}x` })).status).toBe(401)

    const own = { cookie, 'x-flavor-license-panel': '1', 'content-type': 'application/json', origin: url.origin }
    const body = JSON.stringify({ licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP' })
    const activated = await fetch(`${url.origin}/activate`, { method: 'POST', headers: own, body })
    expect(await activated.json()).toMatchObject({ outcome: { outcome: 'activated' } })

    expect(await panel.stop()).toBe(0)
    expect(panel.lines).toHaveLength(1)
    expect(panel.complaints).toEqual([expect.stringMatching(/^warning: /)])
    await expect(visit(url.origin)).rejects.toThrow()
    await hub.stop()
  })

  it('is no place for a name that leads here but is not its own', seconds, async () => {
    const panel = await startPanel()
    const answer = await visit(panel.url.href.replace('127.0.0.1', 'localhost'))
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
    await enter(panel.url)
    await panel.stop()
  })

  it('says that its port is in use', seconds, async () => {
    const panel = await startPanel()
    const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
    const second = await runBuilt(['panel', '--no-open', '--json', ...product, '--port', panel.url.port])
    expect(second.exitCode).toBe(1)
    expect(JSON.parse(second.stdout)).toMatchObject({ outcome: 'error', code: 'port-in-use' })
    await panel.stop()
  })
})

it('says that there is no browser to open, where there is none', async () => {
  const { PATH } = process.env
  process.env['PATH'] = temporaryDirectory()
  try {
    expect(await openBrowser('http://127.0.0.1:1/')).toBe(false)
  } finally {
    process.env['PATH'] = PATH
  }
})
