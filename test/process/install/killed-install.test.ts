import { cpSync, existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  foldersOf,
  openShop,
  publish,
  type ShopWithComponents,
  slug,
  started,
  versionIn,
} from '../../components/shop-with-components.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { ClientCommand } from '../support/client-command.js'
import { type ClientProcess, diesOf, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { inParallel } from '../support/in-parallel.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'
import { figure, proveAtLength } from '../support/proof-length.js'
import { killAtSystemCall, oneFileThread, type SystemCall, systemCallsOf } from '../support/system-call-kill.js'

/** What changes names; at length, everything that file work consists of. */
const changing = ['mkdir', 'symlink', 'rename', 'unlink', 'rmdir', 'unlinkat']
const names = proveAtLength
  ? [...changing, 'openat', 'write', 'fsync', 'link', 'readlink', 'getdents64', 'statx', 'read', 'pread64']
  : changing
const runsAtOnce = proveAtLength ? 6 : 4

const program = compiledProgram('client')
const hub = localHub()
const old = '5.0.0'
const newer = '6.0.0'
const tally = { kills: 0, neither: 0, incomplete: 0, wronglySaid: 0, notCompleted: 0, leftBehind: 0 }
afterAll(() => figure(14, 'killed at each system call of an installation', tally))

interface Scenario {
  readonly name: string
  /** The machine that it begins with: a license and no component, the old version, or the new one over the old. */
  readonly machine: 'bare' | 'old' | 'new'
  readonly command: ClientCommand
  readonly before: string | null
  /** What it puts in use, until it has passed the product's check. */
  readonly meanwhile: string | null
  readonly after: string | null
}

const scenarios: readonly Scenario[] = [
  {
    name: 'a first installation',
    machine: 'bare',
    command: { call: 'install', slug },
    before: null,
    meanwhile: newer,
    after: newer,
  },
  {
    name: 'an update',
    machine: 'old',
    command: { call: 'install', slug },
    before: old,
    meanwhile: newer,
    after: newer,
  },
  {
    name: 'an update that proves unhealthy',
    machine: 'old',
    command: { call: 'install', slug, healthy: false },
    before: old,
    meanwhile: newer,
    after: old,
  },
  {
    name: 'a rollback',
    machine: 'new',
    command: { call: 'rollback', slug },
    before: newer,
    meanwhile: old,
    after: old,
  },
  { name: 'a removal', machine: 'new', command: { call: 'remove', slug }, before: newer, meanwhile: null, after: null },
]

describeWhere(['strace'], 'a process that is killed', () => {
  const endings: (() => Promise<void>)[] = []
  const shops = new Map<Scenario['machine'], ShopWithComponents>()

  beforeAll(async () => {
    const open = () => openShop(hub, (end) => endings.unshift(end))
    shops
      .set('bare', await open())
      .set('old', await open())
      .set('new', await open())
    publish(hub, old)
    for (const machine of ['old', 'new'] as const) await shops.get(machine)?.license.components.install(slug)
    publish(hub, newer)
    await shops.get('new')?.license.components.install(slug)
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })

  it.each(scenarios)(
    'in $name leaves one version or the other, and the next call says which',
    {
      timeout: 1_800_000,
    },
    async (scenario) => {
      const calls = await systemCallsIn(scenario)
      // How often some calls are made differs a little between runs, so that a few are never reached.
      await inParallel(calls, runsAtOnce, (call) => killedAt(scenario, call))
    },
  )

  it('was killed often enough to mean something', () => {
    expect(tally.kills).toBeGreaterThan(proveAtLength ? 200 : 12)
    expect(tally).toEqual({
      kills: tally.kills,
      neither: 0,
      incomplete: 0,
      wronglySaid: 0,
      notCompleted: 0,
      leftBehind: 0,
    })
  })

  /** A machine of its own, as another was left. */
  function copyOf({ machine }: Scenario): { readonly data: string; readonly components: string } {
    const shop = shops.get(machine)
    const root = temporaryDirectory()
    const [data, components] = [join(root, 'data'), join(root, 'components')]
    if (shop) cpSync(shop.data, data, { recursive: true })
    if (shop && existsSync(shop.directory))
      cpSync(shop.directory, components, { recursive: true, verbatimSymlinks: true })
    return { data, components }
  }

  async function startOn({ data, components }: ReturnType<typeof copyOf>): Promise<ClientProcess> {
    const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory: data, components, byFetch: true }
    const child = startClient(program(), setup, { env: oneFileThread })
    await child.ask({ call: 'status' })
    await child.ask({ call: 'explain' })
    return child
  }

  async function systemCallsIn(scenario: Scenario): Promise<readonly SystemCall[]> {
    const child = await startOn(copyOf(scenario))
    const calls = await systemCallsOf(child.pid, names, () => child.ask(scenario.command))
    await child.end()
    const ownCalls = calls.filter(({ wakesThread }) => !wakesThread)
    return proveAtLength ? ownCalls : ownCalls.filter((_, index) => index % 4 === 1)
  }

  async function killedAt(scenario: Scenario, call: SystemCall): Promise<void> {
    const machine = copyOf(scenario)
    const path = join(machine.components, slug)
    const child = await startOn(machine)
    await killAtSystemCall(child.pid, call)
    if (await diesOf(child, scenario.command)) tally.kills += 1

    const { before, meanwhile, after } = scenario
    const atOnce = versionAt(path)
    if (atOnce === 'incomplete') tally.incomplete += 1
    else if (![before, meanwhile].includes(atOnce)) tally.neither += 1

    const license = nextProcess(machine)
    const { items } = await license.components.installed()
    const [said = null] = items
    const found = versionAt(path)
    const isRight =
      (said?.version ?? null) === found && [before, after].includes(found) && (said?.state ?? 'in-place') === 'in-place'
    if (!isRight) tally.wronglySaid += 1

    await completes(license, machine.components)
    expect({ atOnce, isRight, found, said, call, tally }).toMatchObject({
      isRight: true,
      tally: { neither: 0, incomplete: 0, wronglySaid: 0, notCompleted: 0, leftBehind: 0 },
    })
  }

  function nextProcess({ data, components }: ReturnType<typeof copyOf>) {
    const limits = { component: { limit: 10_000 } }
    return started({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: hub.emulator.keys, limits },
      directory: data,
      components: { directory: components },
      fetch: globalThis.fetch,
    })
  }

  /** What the next installation makes of it, an hour later: the newest version, and nothing left of the dead one. */
  async function completes(license: ReturnType<typeof nextProcess>, components: string): Promise<void> {
    await license.components.remove(slug)
    const hidden = join(components, '.flavor-license')
    const yesterday = Date.now() / 1_000 - 86_400
    for (const scope of existsSync(hidden) ? readdirSync(hidden) : []) {
      const versions = join(hidden, scope, slug)
      for (const name of existsSync(versions) ? readdirSync(versions) : []) {
        if (!name.endsWith('.link')) utimesSync(join(versions, name), yesterday, yesterday)
      }
    }
    let outcome = await license.components.install(slug)
    // A kept connection that the hub has just closed says nothing about what is on the disk.
    if (outcome.outcome === 'deferred') outcome = await license.components.install(slug)
    if (outcome.outcome !== 'installed' || versionAt(join(components, slug)) !== newer) tally.notCompleted += 1
    tally.leftBehind += foldersOf(components).filter((name) => !name.endsWith('.link')).length - 1
  }
})

/** The version that lies complete at a path, `null` where there is nothing. */
function versionAt(path: string): string | null {
  if (!existsSync(path)) return null
  try {
    return versionIn(path)
  } catch {
    return 'incomplete'
  }
}
