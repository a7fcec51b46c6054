import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLicenseClient } from '../../src/index.js'
import { runHere } from './fake-terminal.js'
import { keys, openShop } from './shop.js'

const json = async (words: readonly string[]) => {
  const { exitCode, stdout } = await runHere([...words, '--json'])
  return { exitCode, stdout, answer: JSON.parse(stdout) }
}

describe('doctor', () => {
  it('gives exactly the explanation of the library', async () => {
    const { emulator, hub, directory, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    const client = createLicenseClient({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: emulator.keys },
      directory,
    })
    const explanation = await client.explain()
    await client.close()
    const { exitCode, answer } = await json(['doctor', ...options])
    expect(exitCode).toBe(0)
    const shape = (value: object) =>
      JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'number' ? 0 : part)))
    expect(shape(answer)).toEqual(shape(explanation))
  })

  it('asks nobody', async () => {
    const { emulator, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    emulator.clearArrivals()
    await runHere(['doctor', ...options])
    expect(emulator.arrivals).toEqual([])
  })

  it('has the exit code of status', async () => {
    const { emulator, options } = await openShop()
    expect((await runHere(['doctor', ...options])).exitCode).toBe(5)
    await runHere(['activate', keys.starter, ...options])
    expect((await runHere(['doctor', ...options])).exitCode).toBe(0)
    emulator.setLicense(keys.starter, { status: 'revoked' })
    await runHere(['verify', '--fresh', ...options])
    expect((await runHere(['doctor', ...options])).exitCode).toBe(3)
  })

  it('holds no key, no token and no seed, whatever is on record', async () => {
    const { directory, options, emulator } = await openShop()
    emulator.faults.inject({ kind: 'drop', route: 'activate', when: 'after', times: 1 })
    await runHere(['activate', keys.free, ...options])
    await runHere(['activate', keys.starter, ...options])
    const page = await runHere(['doctor', ...options])
    const { stdout } = await json(['doctor', ...options])
    const secrets = [keys.starter, keys.free, readFileSync(join(directory, 'client-key-v1'), 'utf8').trim()]
    for (const text of [page.stdout, page.stderr, stdout]) {
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(text).not.toMatch(/eyJ[\w-]{10,}/)
    }
  })

  it('puts first what is wrong, until the advice has been followed', async () => {
    const { directory, options } = await openShop()
    await runHere(['activate', keys.starter, ...options])
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o755)
    const { stdout } = await runHere(['doctor', ...options])
    expect(stdout).toMatch(/\n\nProblems\n {2}1\. {2}Wrong permissions: [^\n]*\(0755\)/)
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o700)
    expect((await runHere(['doctor', ...options])).stdout).toContain('No problem was found')
  })
})
