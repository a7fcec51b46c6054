import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPortalShop, reseller } from './portal-shop.js'

describe('portal login', () => {
  it('keeps the login in a file, so that the next commands need no credentials', async () => {
    const shop = await openPortalShop()
    const { exitCode, answer } = await shop.json(['login'])
    expect([exitCode, answer]).toEqual([
      0,
      {
        outcome: 'logged-in',
        account: { id: 3, email: 'reseller@flavor.example', name: 'Rosa Reseller', type: 'reseller' },
      },
    ])
    const kept = readdirSync(shop.directory).filter((name) => name.startsWith('portal-'))
    expect(kept).toHaveLength(1)
    const file = join(shop.directory, kept[0] ?? '')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('reseller-password')

    for (let time = 0; time < 8; time += 1) {
      expect((await shop.run(['licenses', 'list'], { env: {} })).exitCode).toBe(0)
    }
    const logins = shop.emulator.arrivals.filter(({ path }) => path.endsWith('/login'))
    expect(logins).toHaveLength(1)

    expect(await shop.json(['logout'], { env: {} })).toMatchObject({ exitCode: 0, answer: { outcome: 'logged-out' } })
    expect(await shop.json(['licenses', 'list'], { env: {} })).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', reason: 'login-required' },
    })
  })

  it('lets commands with credentials share one login, without asking for it first', async () => {
    const shop = await openPortalShop()
    for (let time = 0; time < 8; time += 1) expect((await shop.run(['usage'])).exitCode).toBe(0)
    expect(shop.emulator.arrivals.filter(({ path }) => path.endsWith('/login'))).toHaveLength(1)
  })

  it('answers 3 and says what to do where the credentials are wrong', async () => {
    const shop = await openPortalShop()
    const env = { ...reseller, FLAVOR_HUB_PASSWORD: 'wrong horse' }
    const { exitCode, answer } = await shop.json(['login'], { env })
    expect(exitCode).toBe(3)
    expect(answer).toEqual({
      outcome: 'refused',
      reason: 'invalid-credentials',
      message: expect.stringMatching(/log in again/),
      fields: ['email', 'password'],
    })
    expect((await shop.run(['login'], { env })).stdout).not.toContain('horse')
  })

  it.each([
    [{ FLAVOR_HUB_EMAIL: 'a@b.example' }, /FLAVOR_HUB_PASSWORD/],
    [{ FLAVOR_HUB_PASSWORD: 'p' }, /FLAVOR_HUB_EMAIL/],
  ])('answers 2 to half of the credentials: %j', async (env, message) => {
    const shop = await openPortalShop()
    expect(await shop.json(['login'], { env })).toMatchObject({
      exitCode: 2,
      answer: { outcome: 'error', code: 'missing-credentials', message: expect.stringMatching(message) },
    })
  })

  it.each([['--email'], ['--password'], ['--api-key']])('takes no credentials from the line: %s', async (option) => {
    const shop = await openPortalShop()
    expect(await shop.json(['login', option, 'x'])).toMatchObject({ exitCode: 2, answer: { code: 'unknown-option' } })
  })
})

describe('portal licenses', () => {
  it('are created, listed, revoked, reactivated and deleted', async () => {
    const { json } = await openPortalShop()
    const created = await json([
      'licenses',
      'create',
      '--product-id',
      '1',
      '--tier',
      'business',
      '--expires-at',
      '2099-12-31',
    ])
    expect([created.exitCode, created.answer.outcome]).toEqual([0, 'created'])
    expect(created.answer.item).toMatchObject({
      licenseKey: expect.stringMatching(/^FLVR(-[0-9A-Z]{4}){4}$/),
      tier: 'business',
      status: 'active',
      source: 'bulk_pack',
      expiresAt: Date.parse('2099-12-31T23:59:59Z'),
      customerId: null,
    })
    const id = String(created.answer.item?.id)

    const listed = await json(['licenses', 'list', '--status', 'active', '--source', 'bulk_pack', '--search', 'flavor'])
    expect([listed.exitCode, listed.answer.outcome]).toEqual([0, 'listed'])
    expect(listed.answer.items?.map((license) => String(license.id))).toContain(id)

    expect(await json(['licenses', 'revoke', id])).toMatchObject({ exitCode: 0, answer: { outcome: 'revoked' } })
    expect(await json(['licenses', 'reactivate', id])).toMatchObject({
      exitCode: 0,
      answer: { outcome: 'reactivated', item: { status: 'active' } },
    })
    expect(await json(['licenses', 'delete', id])).toEqual({ exitCode: 0, answer: { outcome: 'deleted' }, stderr: '' })
    expect(await json(['licenses', 'revoke', id])).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', reason: 'license-not-found', fields: ['id'] },
    })
  })

  it('are created by the hundred', async () => {
    const { json, emulator } = await openPortalShop()
    const { exitCode, answer } = await json(['licenses', 'bulk', '--product-id', '1', '--quantity', '120'])
    expect([exitCode, answer.outcome, answer.items?.length]).toEqual([0, 'created', 120])
    expect(new Set(answer.items?.map(({ licenseKey }) => licenseKey)).size).toBe(120)
    expect(emulator.arrivals.filter(({ path }) => path.endsWith('/bulk'))).toHaveLength(2)
  })

  it('that the packs do not cover are refused with what to do', async () => {
    const { json } = await openPortalShop()
    const { exitCode, answer } = await json(['licenses', 'bulk', '--product-id', '1', '--quantity', '1100'])
    expect(exitCode).toBe(3)
    expect(answer).toMatchObject({ outcome: 'created-in-part', remaining: 100, unknown: 0 })
    expect(answer['stoppedBy']).toMatchObject({ outcome: 'refused', reason: 'insufficient-credits' })
  })

  it('come as CSV, and orders go in as CSV', async () => {
    const { run, directory } = await openPortalShop()
    writeFileSync(
      join(directory, 'orders.csv'),
      '\uFEFFproductId,quantity,tier,expiresAt\r\n1,2,starter,\r\n\r\n1,1,"business",never\r\n',
    )
    const { exitCode, stdout, stderr } = await run(['licenses', 'bulk', '--from', 'orders.csv', '--csv'])
    expect([exitCode, stderr]).toEqual([0, ''])
    const [header, ...rows] = stdout.trimEnd().split('\n')
    expect(header).toBe('id,licenseKey,productId,productSlug,tier,status,source,expiresAt,domains,customerId,createdAt')
    expect(rows.map((row) => row.split(',')[4])).toEqual(['starter', 'starter', 'business'])
    expect(rows[0]).toMatch(
      /^\d+,FLVR(-[0-9A-Z]{4}){4},1,flavor-starter,starter,active,bulk_pack,\d{4}-.*Z,,,\d{4}-.*Z$/,
    )
  })

  it.each([
    ['a column that nobody knows', 'productId,quantity,secret\n1,1,x\n', 'invalid-csv', /productId, quantity, tier/],
    ['a column twice', 'productId,productId\n1,1\n', 'invalid-csv', /each once/],
    ['no rows', 'productId,quantity\n', 'invalid-csv', /no orders/],
    ['nothing', '', 'invalid-csv', /first row/],
    ['a row that is too short', 'productId,quantity\n1\n', 'invalid-csv', /line 2/],
    ['an open quote', 'productId,quantity\n"1,2\n', 'invalid-csv', /cannot be read as CSV/],
    [
      'a row that is wrong behind one that is right',
      'productId,quantity\n1,1\n1,x\n',
      'invalid-number',
      /^Line 3 .*Nothing was ordered\.$/,
    ],
    ['a date that is none', 'productId,quantity,expiresAt\n1,1,soon\n', 'invalid-date', /^Line 2 /],
    ['a row without a product', 'productId,quantity\n,1\n', 'missing-option', /^Line 2 .*product-id/],
  ])('are not ordered from CSV with %s', async (_, text, code, message) => {
    const { json, emulator, directory } = await openPortalShop()
    writeFileSync(join(directory, 'orders.csv'), text)
    const { exitCode, answer } = await json(['licenses', 'bulk', '--from', 'orders.csv'])
    expect([exitCode, answer.outcome, answer['code']]).toEqual([2, 'error', code])
    expect(answer['message']).toMatch(message)
    expect(emulator.arrivals).toEqual([])
  })

  it('of several orders count together, also where one of them is refused', async () => {
    const { json, run, directory } = await openPortalShop()
    writeFileSync(join(directory, 'orders.csv'), 'productId,quantity\n1,3\n99,2\n1,4\n')
    const { exitCode, answer } = await json(['licenses', 'bulk', '--from', 'orders.csv'])
    expect(exitCode).toBe(3)
    expect(answer).toMatchObject({ outcome: 'created-in-part', items: { length: 3 }, unknown: 0, remaining: 6 })
    expect(answer['message']).toMatch(
      /^3 of 9 licenses were created, of 0 it is not known, 6 were not\. There is no such product/,
    )

    const spreadsheet = await run(['licenses', 'bulk', '--from', 'orders.csv', '--csv'])
    expect(spreadsheet.exitCode).toBe(3)
    expect(spreadsheet.stdout.trimEnd().split('\n')).toHaveLength(4)
    expect(spreadsheet.stderr).toMatch(/^warning: 3 of 9/)
  })

  it.each([
    [['licenses', 'create'], 'missing-option'],
    [['licenses', 'create', '--product-id', 'one'], 'invalid-number'],
    [['licenses', 'create', '--product-id', '1', '--expires-at', 'soon'], 'invalid-date'],
    [['licenses', 'bulk', '--product-id', '1'], 'missing-option'],
    [['licenses', 'bulk', '--from', 'orders.csv', '--quantity', '1'], 'conflicting-option'],
    [['licenses', 'bulk', '--from', 'nowhere.csv'], 'unreadable-file'],
    [['licenses', 'list', '--status', 'gone'], 'invalid-status'],
    [['licenses', 'list', '--source', 'gift'], 'invalid-source'],
    [['licenses', 'list', '--csv'], 'conflicting-option'],
    [['licenses', 'revoke', 'twelve'], 'invalid-number'],
    [['licenses', 'revoke'], 'missing-argument'],
    [['clients', 'create', '--email', 'a@b.example'], 'missing-option'],
    [['clients', 'delete', '3'], 'missing-option'],
    [['keys', 'create'], 'missing-option'],
    [['webhooks', 'create', '--url', 'https://a.example', '--event', 'license.eaten'], 'invalid-event'],
    [['licenses'], 'missing-command'],
    [[], 'missing-command'],
    [['licenses', 'eat'], 'unknown-command'],
  ])('wrong usage is answered with 2 before anybody is asked: %j', async (words, code) => {
    const { json, emulator } = await openPortalShop()
    const { exitCode, answer } = await json(words)
    expect([exitCode, answer.outcome, answer['code']]).toEqual([2, 'error', code])
    expect(emulator.arrivals).toEqual([])
  })
})

describe('portal clients, keys and webhooks', () => {
  it('clients are created, listed with their licenses, and deleted once that is confirmed', async () => {
    const { json, run } = await openPortalShop()
    const created = await json([
      'clients',
      'create',
      '--email',
      'anna@example.com',
      '--name',
      'Anna',
      '--company',
      '=1+1',
    ])
    expect(created).toMatchObject({
      exitCode: 0,
      answer: { outcome: 'created', item: { company: '=1+1', licenseCount: 0 } },
    })
    const id = String(created.answer.item?.id)
    expect(await json(['clients', 'create', '--email', 'anna@example.com', '--name', 'Anna'])).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', reason: 'email-exists', fields: ['email'] },
    })
    await json(['licenses', 'create', '--product-id', '1', '--customer-id', id])
    expect(await json(['clients', 'licenses', id])).toMatchObject({ exitCode: 0, answer: { items: { length: 1 } } })
    expect(await json(['clients', 'list'])).toMatchObject({
      answer: { outcome: 'listed', items: [{ licenseCount: 1 }] },
    })
    // A spreadsheet would compute a company of this name.
    expect((await run(['clients', 'list', '--csv'])).stdout).toBe(
      `id,email,name,company,licenseCount\n${id},anna@example.com,Anna,'=1+1,1\n`,
    )
    expect(await json(['clients', 'delete', id, '--confirm'])).toMatchObject({
      exitCode: 0,
      answer: { outcome: 'deleted' },
    })
    expect(await json(['clients', 'list'])).toMatchObject({ answer: { items: [] } })
  })

  it('answers 2 to a login and an API key together, which may be those of two accounts', async () => {
    const shop = await openPortalShop()
    const env = { FLAVOR_HUB_EMAIL: 'a@b.example', FLAVOR_HUB_PASSWORD: 'p', FLAVOR_HUB_API_KEY: 'k' }
    expect(await shop.json(['usage'], { env })).toMatchObject({
      exitCode: 2,
      answer: {
        code: 'ambiguous-credentials',
        message: expect.stringMatching(/^A login and an API key are set\. Unset/),
      },
    })
  })

  it('keys are shown once, work where they are taken, and stop at once', async () => {
    const { json } = await openPortalShop()
    const { answer } = await json(['keys', 'create', '--name', 'CI'])
    expect(answer).toMatchObject({
      outcome: 'created',
      item: { rawKey: expect.stringMatching(/^fh_live_[0-9a-f]{40}$/) },
    })
    expect(JSON.stringify((await json(['keys', 'list'])).answer)).not.toContain(answer.item?.rawKey)
    const env = { FLAVOR_HUB_API_KEY: answer.item?.rawKey ?? '' }
    expect((await json(['licenses', 'list'], { env })).exitCode).toBe(0)
    expect(await json(['usage'], { env })).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', reason: 'login-required', message: expect.stringContaining('read the usage') },
    })
    expect(await json(['keys', 'revoke', String(answer.item?.id)])).toMatchObject({ answer: { outcome: 'revoked' } })
    expect(await json(['licenses', 'list'], { env })).toMatchObject({
      exitCode: 3,
      answer: { outcome: 'refused', reason: 'api-key-rejected' },
    })
  })

  it('webhooks are created with their secret, listed without it, and deleted', async () => {
    const { json } = await openPortalShop()
    const { answer } = await json([
      'webhooks',
      'create',
      '--url',
      'https://shop.example/hook',
      '--event',
      'license.revoked',
    ])
    expect(answer).toMatchObject({ outcome: 'created', item: { secret: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    const listed = await json(['webhooks', 'list'])
    expect(listed.answer).toMatchObject({ items: [{ events: ['license.revoked'], isActive: true }] })
    expect(JSON.stringify(listed.answer)).not.toContain(answer.item?.secret)
    expect(await json(['webhooks', 'delete', String(answer.item?.id)])).toMatchObject({
      answer: { outcome: 'deleted' },
    })
  })

  it('usage and credits tell what is left', async () => {
    const { json } = await openPortalShop()
    expect(await json(['usage'])).toMatchObject({ answer: { outcome: 'found', item: { limit: -1, remaining: -1 } } })
    expect(await json(['credits'])).toMatchObject({ answer: { item: { totalCredits: 1005, packs: { length: 2 } } } })
  })

  it('an account of another role is told which one it takes', async () => {
    const { json } = await openPortalShop()
    const env = { FLAVOR_HUB_EMAIL: 'developer@flavor.example', FLAVOR_HUB_PASSWORD: 'developer-password' }
    expect(await json(['clients', 'list'], { env })).toMatchObject({
      exitCode: 3,
      answer: {
        outcome: 'refused',
        reason: 'permission-denied',
        message: expect.stringMatching(/resellers and agencies/),
      },
    })
  })
})

describe('what people read', () => {
  it('is a table, which shows no key of a list and the keys of what was just created', async () => {
    const { run } = await openPortalShop()
    const created = await run(['licenses', 'create', '--product-id', '1'])
    const [, key = 'none'] = /(FLVR(?:-[0-9A-Z]{4}){4})/.exec(created.stdout) ?? []
    expect(created.stdout).toMatch(/^A license was created\.\n\nID +LICENSE +PRODUCT +TIER/)
    const { stdout } = await run(['licenses', 'list'])
    expect(stdout).toMatch(/^ID +LICENSE +PRODUCT +TIER +STATUS +SOURCE +EXPIRES +CLIENT +DOMAINS\n/)
    expect(stdout).not.toContain(key)
    expect(stdout).toContain(`FLVR-****-****-****-${key.slice(-4)}`)
  })

  it.each([
    [['login'], /^Logged in as reseller@flavor\.example \(reseller\)\.\n$/],
    [['logout'], /^Logged out/],
    [['usage'], /Limit +unlimited/],
    [['credits'], /^1005 licenses are paid in advance\.\n\nPACK +SIZE/],
    [['clients', 'list'], /^There are no clients\.\n$/],
    [['keys', 'list'], /^There are no API keys\.\n$/],
    [['webhooks', 'list'], /^There are no webhooks\.\n$/],
    [['keys', 'create', '--name', 'CI'], /shown this once.*\n\n +Id +\d+\n +Name +CI\n +API key +fh_live_/],
    [['webhooks', 'create', '--url', 'https://a.example'], /Secret +[0-9a-f]{64}/],
    [['clients', 'create', '--email', 'a@b.example', '--name', 'A'], /^A client was created\.\n\n +Id/],
    [
      ['licenses', 'revoke', '999999'],
      /^This account has no such license.*\n\n +Reason +license-not-found\n +Fields +id\n$/,
    ],
  ])('%j', async (words, text) => {
    const { run } = await openPortalShop()
    expect((await run(words)).stdout).toMatch(text)
  })

  it.each([
    ['nobody is logged in', {}],
    ['an API key is not enough', { FLAVOR_HUB_API_KEY: `fh_live_${'0'.repeat(40)}` }],
  ])('says how to log in where %s', async (_, env) => {
    const { exitCode, stdout } = await (await openPortalShop()).run(['usage'], { env })
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(
      /\n +To log in +set FLAVOR_HUB_EMAIL and FLAVOR_HUB_PASSWORD, without FLAVOR_HUB_API_KEY; .*portal login" keeps/,
    )
  })

  it('says when to come back where the hub does not answer', async () => {
    const { run, url } = await openPortalShop()
    const dead = url.replace(/:\d+/, ':9')
    const { exitCode, stdout } = await run(['usage', '--hub', dead])
    expect(exitCode).toBe(5)
    expect(stdout).toMatch(/\n +Reason +\S+\n +Try again +from /)
  })
})
