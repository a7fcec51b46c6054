// The main job of this package, from end to end: the real command line and the real client, over real HTTP, against a
// hub on this machine. Every step says what is expected and fails the demo where something else happens.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLicenseClient } from '../dist/index.js'
import { runCommand, startHub } from './demo/command-line.mjs'

const goodKey = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const unknownKey = 'FLVR-NOBO-DYHA-STHI-SKEY'
const usedUpKey = 'FLVR-USED-UP00-0000-0001'

const home = await mkdtemp(join(tmpdir(), 'flavor-license-demo-'))
const records = join(home, 'records')
const hubState = ['--state', join(home, 'hub.json')]
let hub

let steps = 0
function step(sentence) {
  steps += 1
  console.log(`\n${steps}. ${sentence}`)
}

/** The options that say which product, which domain and which hub. */
function options(version = '1.4.2') {
  const keys = Object.entries(hub.keys).flatMap(([id, key]) => ['--trusted-key', `${id}=${key}`])
  const product = ['--product', 'flavor-starter', '--product-version', version, '--domain', 'mysite.com']
  return ['--hub', hub.url, ...keys, ...product, '--directory', records]
}

/** Runs a command, shows it and its answer, and requires both of them to be what the demo promises. */
async function command(words, expected, input) {
  console.log(`   $ flavor-license ${words.join(' ')}${input ? '   (the key comes in on standard input)' : ''}`)
  const { exitCode, answer, complaint } = await runCommand([...words, ...options()], input)
  const message = answer.message ?? answer.verdict?.message
  const about = [answer.outcome ?? answer.state, answer.reason, answer.source && `from the ${answer.source}`]
  console.log(
    `   -> ${about.filter(Boolean).join(', ')}; exit code ${exitCode}${message ? `\n      "${message}"` : ''}`,
  )
  assert.equal(complaint, '', 'nothing is written to standard error')
  assert.equal(exitCode, expected.exitCode, 'the exit code')
  const { exitCode: _, ...fields } = expected
  for (const [name, value] of Object.entries(fields)) assert.deepEqual(answer[name], value, `the field "${name}"`)
  return answer
}

/** What a product does: the library, with the requests that it makes counted. */
async function withClient(version, use) {
  const client = createLicenseClient({
    product: { slug: 'flavor-starter', version },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: hub.keys },
    directory: records,
  })
  let requests = 0
  client.on('request', () => {
    requests += 1
  })
  try {
    return await use(client, () => requests)
  } finally {
    await client.close()
  }
}

async function walk() {
  step('A hub starts on this machine, with products, licenses and signing keys of its own.')
  hub = await startHub(['--port', '0', ...hubState])
  console.log(`   -> ${hub.url}`)

  step('A customer activates a license key on mysite.com.')
  const { verdict } = await command(['activate', '-'], { exitCode: 0, outcome: 'activated' }, `${goodKey}\n`)
  assert.equal(verdict.state, 'licensed')
  assert.equal(verdict.licenseKey, 'FLVR-****-****-****-MNOP', 'the key is masked')

  step('The product asks the hub whether it is licensed.')
  await command(['verify', '--fresh'], { exitCode: 0, state: 'licensed', source: 'hub', tier: 'starter' })

  step('It asks again. The hub has just vouched for the license, so the record answers and no request is made.')
  await command(['verify'], { exitCode: 0, state: 'licensed', source: 'record' })
  await withClient('1.4.2', async (client, requests) => {
    const answer = await client.verify()
    console.log(`   -> the same inside a product: ${answer.state}, from the ${answer.source}, ${requests()} requests`)
    assert.deepEqual([answer.state, answer.source, requests()], ['licensed', 'record', 0])
    assert.equal(client.has('checkout'), true, 'the license includes the checkout feature')
    assert.equal(client.has('erp'), false, 'the license does not include the erp feature')
  })

  step('Somebody mistypes a key, and then enters one that does not exist.')
  await command(['activate', 'FLVR-ABCD'], { exitCode: 3, outcome: 'refused', reason: 'invalid-key' })
  await command(['activate', unknownKey], { exitCode: 3, outcome: 'refused', reason: 'not-found' })

  step('Somebody enters a key that is already active on as many domains as it allows.')
  await command(['activate', usedUpKey], { exitCode: 3, outcome: 'refused', reason: 'limit-reached' })

  step('The hub stops. A refused key changed nothing, and a paying customer is not locked out.')
  assert.equal(await hub.stop(), 0, 'the hub stops cleanly')
  const requests = hub.requests().map((path) => path.replace('/api/v1', ''))
  console.log(`   -> its log has ${requests.length} requests: ${requests.join(', ')}`)
  const asked = ['/license/activate', '/license/verify', '/license/activate', '/license/activate']
  assert.deepEqual(requests, asked, 'the requests that reached the hub')
  await command(['verify', '--offline'], { exitCode: 0, state: 'licensed', source: 'record' })
  const unanswered = await command(['verify', '--fresh'], { exitCode: 0, state: 'licensed', source: 'record' })
  assert.equal(unanswered.lastAttempt.reason, 'connection-refused')

  step('The hub starts again on the same port. Its keys and its licenses are the same, so the proof still holds.')
  const { url, keys } = hub
  hub = await startHub(['--port', new URL(url).port, ...hubState])
  assert.deepEqual([hub.url, hub.keys], [url, keys], 'the address and the keys of the hub')
  await command(['verify', '--fresh'], { exitCode: 0, state: 'licensed', source: 'hub' })

  step('The product looks for an update. Exit code 10 says that there is one.')
  const { release } = await command(['updates'], { exitCode: 10, outcome: 'available', currentVersion: '1.4.2' })
  console.log(`   -> version ${release.version}, ${release.size} bytes, SHA-256 ${release.sha256}`)
  await withClient(release.version, async (client) => {
    const { outcome } = await client.checkUpdates()
    console.log(`   -> a product that already is at ${release.version}: ${outcome}`)
    assert.equal(outcome, 'current')
  })

  step('The customer gives the license up here, to use it on another domain.')
  const { activations } = await command(['deactivate'], { exitCode: 0, outcome: 'deactivated' })
  assert.deepEqual(activations, { used: 0, limit: 1 }, 'the activations in use')
  await command(['status'], { exitCode: 3, state: 'unlicensed', reason: 'deactivated' })
}

try {
  await walk()
  console.log(`\nAll ${steps} steps did what they should.`)
} catch (error) {
  const difference =
    'actual' in error ? ` is ${JSON.stringify(error.actual)}, not ${JSON.stringify(error.expected)}` : ''
  console.error(`\nStep ${steps} did not do what it should: ${error.message.split('\n')[0]}${difference}`)
  process.exitCode = 1
} finally {
  await hub?.stop()
  await rm(home, { recursive: true, force: true })
}
