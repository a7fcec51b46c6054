import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBrowser } from '../../src/cli/panel/open-browser.js'
import { type Running, type RunOptions, runBuilt, startHub, startRunning } from './built-command-line.js'
import { temporaryDirectory } from './shop.js'

const seconds = { timeout: 30_000 }

async function startPanel(
  words: readonly string[] = [],
  options?: RunOptions,
): Promise<Running & { readonly url: URL }> {
  const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
  const command = ['panel', '--no-open', '--json', ...product, '--directory', temporaryDirectory(), ...words]
  const running = await startRunning(command, options)
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

/** What the panel's page does, in the browser that holds the cookie. Answers the last line, which is the outcome. */
function askingAs(cookie: string, { origin }: URL) {
  const headers = { cookie, origin, 'x-flavor-license-panel': '1', 'content-type': 'application/json' }
  return async (path: string, body: object = {}) => {
    const answer = await fetch(`${origin}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '')
  }
}

describe('flavor-license panel', () => {
  it('lets in the one browser that it was opened for', seconds, async () => {
    const hub = await startHub()
    const panel = await startPanel(['--hub', hub.url])
    const { url } = panel
    expect(url.hostname).toBe('127.0.0.1')
    expect((await visit(url.origin)).status).toBe(401)
    expect((await visit(`${url.origin}/?token=${'x'.repeat(43)}`)).status).toBe(403)

    // Neither another method nor another path lets in, and the token is not used up by them.
    expect((await fetch(url, { method: 'POST' })).status).toBe(401)
    expect((await visit(`${url.origin}/state${url.search}`)).status).toBe(401)

    const cookie = await enter(url)
    expect((await visit(url)).status).toBe(403)
    // The token is no session, and a session is what the panel says it is (fixation).
    const [name = ''] = cookie.split('=')
    for (const guess of ['', url.searchParams.get('token'), 'mine']) {
      expect((await visit(url.origin, { cookie: `${name}=${guess}` })).status).toBe(401)
    }
    expect(await (await visit(url.origin, { cookie })).text()).toContain('<flavor-license-panel>')
    expect((await visit(url.origin, { cookie: `${cookie}x` })).status).toBe(401)

    const activated = await askingAs(cookie, url)('activate', { licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP' })
    expect(activated).toMatchObject({ outcome: { outcome: 'activated' } })

    expect(await panel.stop()).toBe(0)
    expect(panel.lines).toHaveLength(1)
    expect(panel.complaints).toEqual([expect.stringMatching(/^warning: /)])
    await expect(visit(url.origin)).rejects.toThrow()
    await hub.stop()
  })

  it('downloads updates and manages components where it is told to', seconds, async () => {
    const hub = await startHub()
    const directory = temporaryDirectory()
    const [downloads, components] = [join(directory, 'downloads'), join(directory, 'components')]
    const trusted = Object.entries(hub.keys).flatMap(([id, key]) => ['--trusted-key', `${id}=${key}`])
    const places = ['--downloads', downloads, '--components', components]
    const panel = await startPanel(['--hub', hub.url, ...trusted, ...places])
    const cookie = await enter(panel.url)
    const ask = askingAs(cookie, panel.url)

    await ask('activate', { licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP' })
    const { outcome: downloaded } = await ask('updates/download')
    expect(downloaded).toMatchObject({ outcome: 'downloaded', release: { version: '1.5.0' } })
    expect(dirname(downloaded.path)).toBe(downloads)
    const sha256 = createHash('sha256').update(readFileSync(downloaded.path)).digest('hex')
    expect(sha256).toBe(downloaded.release.sha256)

    expect(await ask('components')).toMatchObject({ outcome: { outcome: 'listed' }, state: { components: [] } })
    expect(await ask('components/install', { slug: 'card-payments' })).toMatchObject({
      outcome: { outcome: 'installed', component: { path: join(components, 'card-payments') } },
    })
    expect(existsSync(join(components, 'card-payments', 'manifest.json'))).toBe(true)

    expect((await visit(panel.url)).status).toBe(403)
    expect(await panel.stop()).toBe(0)
    expect(panel.complaints).toEqual([])
    await hub.stop()
  })

  it('prints its address in a sentence to people', seconds, async () => {
    const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
    const panel = await startRunning(['panel', '--no-open', ...product, '--directory', temporaryDirectory()])
    const [, address = 'none'] = /^The panel is ready, for one browser: (http:\S+)$/.exec(panel.lines.join('\n')) ?? []
    await enter(new URL(address))
    await panel.stop()
  })

  it('prints JSON where the environment asks for it', seconds, async () => {
    const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
    const words = ['panel', '--no-open', ...product, '--directory', temporaryDirectory()]
    const panel = await startRunning(words, { env: { FLAVOR_LICENSE_JSON: '1' } })
    expect(JSON.parse(panel.lines[0] ?? '')).toEqual({ url: expect.any(String), pid: expect.any(Number) })
    await panel.stop()
  })

  it('finds components where the environment says', seconds, async () => {
    const panel = await startPanel([], { env: { FLAVOR_LICENSE_COMPONENTS: temporaryDirectory() } })
    const cookie = await enter(panel.url)
    expect(await askingAs(cookie, panel.url)('components')).toMatchObject({
      outcome: { outcome: 'refused', reason: 'not-activated' },
    })
    await panel.stop()
  })

  it('leaves both alone where it is not told to', seconds, async () => {
    const panel = await startPanel()
    const cookie = await enter(panel.url)
    for (const path of ['updates/download', 'components', 'components/install']) {
      expect(await askingAs(cookie, panel.url)(path)).toMatchObject({ error: { code: 'not-found' } })
    }
    await panel.stop()
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
