import { describe, expect, it } from 'vitest'
import { createEmulator, EmulatorOptionsError } from '../../src/emulator/index.js'

const names = 'seed, clock, baseUrl, signing, leaseMs, rateLimit, '

/** As a program without types would call it. */
const create = (options: unknown): unknown => Reflect.apply(createEmulator, undefined, [options])

describe('options of an emulator', () => {
  it.each<[string, unknown, string]>([
    ['another name', { sed: {} }, `sed is not one of the fields ${names}`],
    ['the name of a field alone', { strategy: 'off' }, `strategy is not one of the fields ${names}`],
    ['nothing', null, `they must be an object with the fields ${names}`],
    [
      'a text for limits',
      { rateLimit: 'off' },
      'rateLimit must be an object with the fields strategy, windowMs, limits,',
    ],
    [
      'another strategy',
      { rateLimit: { strategy: 'none' } },
      'rateLimit.strategy must be one of fixed-window, moving-',
    ],
    ['another body', { rateLimit: { body: 'json' } }, 'rateLimit.body must be one of slowapi, slowapi-headers, '],
    ['a window as text', { rateLimit: { windowMs: '5' } }, 'rateLimit.windowMs must be a number of milliseconds.'],
    [
      'another category',
      { rateLimit: { limits: { verfy: 1 } } },
      'rateLimit.limits.verfy is not one of the fields login,',
    ],
    ['a limit below 0', { rateLimit: { limits: { verify: -1 } } }, 'limits.verify must be a number of requests.'],
    ['another delivery', { downloads: { delivery: 'file' } }, 'downloads.delivery must be one of body, redirect.'],
    ['no time', { clock: Date.now }, 'clock must be an object with a function now.'],
    ['no URL', { baseUrl: 'hub.example' }, 'baseUrl must be a URL such as http://127.0.0.1:8787/api/v1.'],
    ['a text for a flag', { signing: 'no' }, 'signing must be true or false.'],
    ['no time to live', { leaseMs: Number.NaN }, 'leaseMs must be a number of milliseconds.'],
    ['another route', { routes: { verfy: {} } }, 'routes.verfy is not one of the fields activate, verify, '],
    ['a path alone', { routes: { verify: '/check' } }, 'routes.verify must be a route, an object.'],
    ['another form of lists', { portalLists: 'pages' }, 'portalLists must be one of array, paged-array, envelope.'],
    ['no folder', { releases: [] }, 'releases must be a text.'],
    ['no log', { onArrival: true }, 'onArrival must be a function.'],
  ])('are refused in one sentence: %s', (_, options, sentence) => {
    expect(() => create(options)).toThrow(EmulatorOptionsError)
    expect(() => create(options)).toThrow(`The options of the emulator are not usable: `)
    expect(() => create(options)).toThrow(sentence)
    expect(() => create(options)).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  })

  it('may be left undefined, each', () => {
    const groups = { rateLimit: { strategy: undefined }, downloads: { host: undefined } }
    expect(() => create({ seed: undefined, clock: undefined, signing: undefined, ...groups })).not.toThrow()
  })
})

describe('an address to listen on', () => {
  it.each<[string, unknown, string]>([
    ['a port alone', 8787, 'they must be an object with the fields port, host.'],
    ['another name', { prt: 8787 }, 'prt is not one of the fields port, host.'],
    ['a port as text', { port: '8787' }, 'port must be a whole number from 0 to 65535.'],
    ['no port', { port: 65_536 }, 'port must be a whole number from 0 to 65535.'],
  ])('is refused in one sentence: %s', async (_, address, sentence) => {
    const { listen } = createEmulator()
    const refusal = new EmulatorOptionsError(`The options of listen are not usable: ${sentence}`)
    await expect(Reflect.apply(listen, undefined, [address])).rejects.toThrow(refusal)
  })
})
