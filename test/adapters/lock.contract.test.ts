import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { lockContract } from './lock.contract.js'

lockContract('directories', () => {
  const directory = temporaryDirectory()
  return {
    open: () => directoryLock(() => Promise.resolve(directory)),
    async abandon(name) {
      mkdirSync(join(directory, `${name}.lock`))
    },
  }
})
