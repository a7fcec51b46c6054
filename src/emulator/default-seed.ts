import defaultSeedFile from '../../fixtures/hub/default.json' with { type: 'json' }
import { parseSeed } from './seed.js'
import type { Seed } from './seed-file.js'

/** The seed that an emulator starts from when it is given none. */
export function defaultSeed(): Seed {
  return parseSeed(defaultSeedFile)
}
