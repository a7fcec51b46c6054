import { isAbsolute } from 'node:path'
import { FlavorLicenseError } from '../domain/errors.js'
import type { TokenStore } from '../ports/token-store.js'
import { appDirectory } from './app-directory.js'
import { directoryLock } from './directory-lock.js'
import { fileRecordStore } from './file-record-store.js'

/** A login takes a second or two; whoever waits longer goes on without its turn. */
const turnPatienceMs = 5_000

/**
 * Tokens as files, readable by this user alone (mode 0600), each replaced as a whole.
 *
 * @param directory - An absolute path; it is made when it is missing. Default: the data directory of this user's programs.
 * @throws FlavorLicenseError `invalid-option` when the path is not absolute.
 */
export function fileTokenStore(directory?: string): TokenStore {
  if (directory !== undefined && !isAbsolute(directory)) {
    throw new FlavorLicenseError('invalid-option', 'The directory of a token store must be an absolute path.')
  }
  const locate = directory === undefined ? appDirectory : async () => directory
  const files = fileRecordStore(locate)
  const lock = directoryLock(locate)
  return {
    async load(name) {
      const content = await files.read(name)
      return content && new TextDecoder().decode(content)
    },
    save: (name, tokens) => files.publish(name, new TextEncoder().encode(tokens)),
    remove: (name) => files.remove(name),
    takeTurn: (name, operation) => lock.hold(name, turnPatienceMs, operation),
  }
}
