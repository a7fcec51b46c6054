import { isAbsolute } from 'node:path'
import type { PanelOptions } from './options.js'

/** @throws TypeError with one sentence that says what is missing. */
export function requirePanelOptions(options: PanelOptions): PanelOptions {
  if (typeof options?.authorize !== 'function') {
    throw new TypeError('The panel needs `authorize`, a function that says whether a request may manage the license.')
  }
  if (!Array.isArray(options.hosts) || options.hosts.length === 0) {
    throw new TypeError(
      'The panel needs `hosts`, the names and ports under which it is reached, such as localhost:3000.',
    )
  }
  const { path = '', downloadDirectory } = options
  if (!/^(?:\/[\w.~-]+)*$/.test(path)) {
    throw new TypeError('The `path` of the panel must begin with a slash and not end with one, such as /license.')
  }
  if (downloadDirectory !== undefined && !isAbsolute(downloadDirectory)) {
    throw new TypeError('The `downloadDirectory` of the panel must be an absolute path.')
  }
  return options
}
