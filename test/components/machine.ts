import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { componentDirectory } from '../../src/adapters/component-directory.js'
import { type ComponentFiles, nodeComponentFiles } from '../../src/adapters/component-files.js'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { openLock } from '../../src/adapters/open-lock.js'
import { systemClock } from '../../src/adapters/system-clock.js'
import { composeClient } from '../../src/compose-client.js'
import type { LicenseClient } from '../../src/license-client.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import type { ShopWithComponents } from './shop-with-components.js'

/** A copy of a shop's machine, whose parts a test can replace. */
export interface Machine {
  readonly directory: string
  start(parts?: { readonly files?: ComponentFiles; readonly locked?: boolean }): LicenseClient
}

export function copyOf(shop: ShopWithComponents): Machine {
  const root = temporaryDirectory()
  const data = join(root, 'data')
  const directory = join(root, 'components')
  cpSync(shop.data, data, { recursive: true })
  if (existsSync(shop.directory)) cpSync(shop.directory, directory, { recursive: true, verbatimSymlinks: true })
  const locate = () => Promise.resolve(data)
  return {
    directory,
    start({ files = nodeComponentFiles, locked = true } = {}) {
      const license = composeClient(
        readOptions({ ...shop.options, directory: data, components: { directory } }),
        clientPorts({
          clock: systemClock,
          transport: fetchTransport(globalThis.fetch),
          store: fileRecordStore(locate),
          lock: locked ? directoryLock(locate) : openLock,
          componentStore: componentDirectory(undefined, files),
        }),
      )
      onTestFinished(() => license.close())
      return license
    },
  }
}
