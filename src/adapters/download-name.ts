import type { DownloadTarget } from '../ports/download-store.js'
import { builtIn } from './built-in.js'

/** A file that is being downloaded, or was. Its name says of what, so that nothing else has to be kept beside it. */
export interface PartialName {
  readonly name: string
  readonly isSameFile: boolean
  readonly validator: string | null
}

const pattern = /^\.flavor-license-([0-9a-f]{16})-[0-9a-f]{16}(?:\.([\w-]+))?\.part$/

/** A longer one would make a name that no file can have. Then the file is downloaded from its start again. */
const longestValidator = 120

export function newPartialName({ sha256 }: DownloadTarget, validator: string | null): string {
  const kept = validator !== null && validator.length <= longestValidator ? Buffer.from(validator) : null
  const suffix = kept ? `.${kept.toString('base64url')}` : ''
  return `.flavor-license-${sha256.slice(0, 16)}-${builtIn.crypto().randomBytes(8).toString('hex')}${suffix}.part`
}

export function readPartialName(name: string, { sha256 }: DownloadTarget): PartialName | undefined {
  const match = pattern.exec(name)
  if (!match) return undefined
  const [, digest, validator] = match
  return {
    name,
    isSameFile: digest === sha256.slice(0, 16),
    validator: validator === undefined ? null : readValidator(validator),
  }
}

/** Others than we write such names, too: what cannot stand in a header would make every request fail. */
function readValidator(text: string): string | null {
  const validator = Buffer.from(text, 'base64url').toString('latin1')
  return /^[\x20-\x7e]+$/.test(validator) ? validator : null
}
