import { afterAll, beforeAll } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions, type Listening } from '../../../src/emulator/index.js'

/** A hub on loopback for all tests of a file. */
export interface LocalHub {
  readonly emulator: Emulator
  readonly url: string
  readonly port: number
  /** Adds a license that nobody has used yet, and answers its key. */
  newLicense(activationLimit?: number): string
  /** How many domains the license is activated on. */
  slotsOf(key: string): number
}

export function localHub(options: EmulatorOptions = {}): LocalHub {
  const emulator = createEmulator({ rateLimit: { strategy: 'off' }, ...options })
  let listening: Listening | undefined
  let licenses = 0
  beforeAll(async () => {
    listening = await emulator.listen()
  })
  afterAll(() => listening?.close())

  function address(): Listening {
    if (!listening) throw new Error('The hub does not listen yet.')
    return listening
  }

  return {
    emulator,
    get url() {
      return address().url
    },
    get port() {
      return address().port
    },
    newLicense(activationLimit = 1) {
      licenses += 1
      const digits = licenses.toString(36).toUpperCase().padStart(8, '0')
      const key = `FLVR-TEST-0000-${digits.slice(0, 4)}-${digits.slice(4)}`
      emulator.addLicense({
        key,
        product: 'flavor-starter',
        tier: 'starter',
        features: ['checkout'],
        activationLimit,
      })
      return key
    },
    slotsOf: (key) => emulator.licenses().find((license) => license.key === key)?.activations.length ?? 0,
  }
}
