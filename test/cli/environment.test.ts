import { describe, expect, it } from 'vitest'
import { runHere } from './fake-terminal.js'
import { keys, openShop, type Shop } from './shop.js'

function environment({ emulator, hub, directory }: Shop): Record<string, string> {
  return {
    FLAVOR_LICENSE_HUB: hub.url,
    FLAVOR_LICENSE_PRODUCT: 'flavor-starter',
    FLAVOR_LICENSE_PRODUCT_VERSION: '1.4.2',
    FLAVOR_LICENSE_DOMAIN: 'mysite.com',
    FLAVOR_LICENSE_DIRECTORY: directory,
    FLAVOR_LICENSE_TRUSTED_KEY: Object.entries(emulator.keys)
      .map(([id, key]) => `${id}=${key}`)
      .join(','),
  }
}

describe('the environment', () => {
  it('stands in for every option', async () => {
    const env = environment(await openShop())
    const activation = await runHere(['activate', keys.starter], { env })
    expect([activation.exitCode, activation.stderr]).toEqual([0, ''])
    expect((await runHere(['updates'], { env })).exitCode).toBe(10)
    expect((await runHere(['deactivate'], { env })).exitCode).toBe(0)
  })

  it('may separate trusted keys with blanks', async () => {
    const env = environment(await openShop())
    env['FLAVOR_LICENSE_TRUSTED_KEY'] = ` ${env['FLAVOR_LICENSE_TRUSTED_KEY']?.replaceAll(',', ' \n')} `
    const { exitCode, stderr } = await runHere(['activate', keys.starter], { env })
    expect([exitCode, stderr]).toEqual([0, ''])
  })

  it('is overruled by the line', async () => {
    const env = environment(await openShop())
    const { stdout } = await runHere(['status', '--json', '--domain', 'shop.example'], { env })
    expect(JSON.parse(stdout).domain).toBe('shop.example')
  })

  it.each(['1', 'true', 'yes'])('turns a flag on with %s', async (value) => {
    const env = { ...environment(await openShop()), FLAVOR_LICENSE_JSON: value }
    expect(JSON.parse((await runHere(['status'], { env })).stdout).state).toBe('unknown')
    expect(JSON.parse((await runHere(['frobnicate'], { env })).stdout).code).toBe('unknown-command')
  })

  it.each(['', '0', 'false', 'No', 'off'])('leaves a flag off with %j', async (value) => {
    const env = { ...environment(await openShop()), FLAVOR_LICENSE_JSON: value }
    expect((await runHere(['status'], { env })).stdout).toMatch(/^No license/)
  })

  it('makes verify ask or not ask, unless the line says otherwise', async () => {
    const shop = await openShop()
    const env = environment(shop)
    await runHere(['activate', keys.starter], { env })
    const source = async (words: readonly string[], flags: Record<string, string>) => {
      const { stdout } = await runHere(['verify', '--json', ...words], { env: { ...env, ...flags } })
      const answer = JSON.parse(stdout)
      return answer.source ?? answer.code
    }
    const fresh = { FLAVOR_LICENSE_FRESH: '1' }
    const offline = { FLAVOR_LICENSE_OFFLINE: '1' }
    expect(await source([], fresh)).toBe('hub')
    expect(await source([], offline)).toBe('record')
    expect(await source(['--offline'], fresh)).toBe('record')
    expect(await source(['--fresh'], offline)).toBe('hub')
    expect(await source([], { ...fresh, ...offline })).toBe('conflicting-option')
  })

  it('counts an empty variable as none', async () => {
    const env = { ...environment(await openShop()), FLAVOR_LICENSE_DOMAIN: ' ' }
    const { exitCode, stderr } = await runHere(['status'], { env })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--domain (or FLAVOR_LICENSE_DOMAIN)')
  })
})
