import type { OfflineRequest } from '../index.js'
import { CommandError } from './command-error.js'
import { readInput } from './file-input.js'
import type { Terminal } from './terminal.js'

/** What of a request a license is issued from. */
export type RequestFile = Pick<OfflineRequest, 'product' | 'domain' | 'installationId'>

/** Reads what `request --json` printed on another machine. */
export async function readRequestFile(file: string, terminal: Terminal): Promise<RequestFile> {
  const request = parseRequest(await readInput(file, 'The request', terminal))
  if (request) return request
  throw new CommandError('invalid-request', `The request ${file} does not hold what "request --json" prints.`)
}

function parseRequest(text: string): RequestFile | undefined {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return undefined
  if (!('product' in value && 'domain' in value && 'installationId' in value)) return undefined
  const { product, domain, installationId } = value
  if (typeof product !== 'string' || typeof domain !== 'string' || typeof installationId !== 'string') return undefined
  return { product, domain, installationId }
}

function parseJson(text: string): unknown {
  try {
    // What a mail program or an editor puts around it, a byte order mark included, means nothing.
    return JSON.parse(text.trim())
  } catch {
    return undefined
  }
}
