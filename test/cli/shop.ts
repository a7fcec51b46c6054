import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions, type Listening } from '../../src/emulator/index.js'

export const keys = {
  starter: 'FLVR-ABCD-EFGH-IJKL-MNOP',
  expired: 'FLVR-EXPI-RED0-0000-0001',
  revoked: 'FLVR-REVO-KED0-0000-0001',
  usedUp: 'FLVR-USED-UP00-0000-0001',
  free: 'FLVR-FREE-0000-0000-0001',
  otherProduct: 'FLVR-BAKE-RY00-0000-0001',
} as const

/** A hub, and an installation of a product that has nothing on record. */
export interface Shop {
  readonly emulator: Emulator
  readonly hub: Listening
  /** An empty directory. */
  readonly directory: string
  /** The options of every license command, pinned keys included. */
  readonly options: readonly string[]
  /** The same without pinned keys. */
  readonly unpinned: readonly string[]
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-cli-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export async function openShop(options: EmulatorOptions = {}): Promise<Shop> {
  const emulator = createEmulator(options)
  const hub = await emulator.listen()
  onTestFinished(() => hub.close())
  const directory = temporaryDirectory()
  const product = ['--product', 'flavor-starter', '--product-version', '1.4.2', '--domain', 'mysite.com']
  const unpinned = ['--hub', hub.url, ...product, '--directory', directory]
  const trusted = Object.entries(emulator.keys).flatMap(([id, key]) => ['--trusted-key', `${id}=${key}`])
  return { emulator, hub, directory, options: [...unpinned, ...trusted], unpinned }
}
