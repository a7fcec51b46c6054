import { isErrorCode } from '../adapters/error-code.js'
import { type FileStatus, nodeFileSystem } from '../adapters/file-system.js'
import { encodeJson, parseJson } from '../protocol/json.js'
import { IssuingError, isIssuingError } from './issuing-error.js'
import { requireSigningKey, type SigningKey } from './signing-key.js'

/** A signing key as it was found on the disk. */
export interface SigningKeyFile {
  readonly key: SigningKey
  /** Other users of the machine may read or change the file: whoever can read it can issue licenses. */
  readonly exposed: boolean
}

/**
 * Keeps a signing key in a new file, mode 0600: JSON of `kid`, `seed` and `publicKey`.
 *
 * @throws IssuingError `key-file-exists`: nothing is ever overwritten, since a key that is lost cannot be had back;
 * `key-file-unwritable`; `invalid-key-id` and `invalid-signing-key`.
 */
export async function writeSigningKeyFile(path: string, key: SigningKey): Promise<void> {
  const { keyId, seed, publicKey } = requireSigningKey(key)
  try {
    await nodeFileSystem.create(path, encodeJson({ kid: keyId, seed, publicKey }))
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) {
      const message = `There is already a file ${path}, and no key is overwritten. Choose another name.`
      throw new IssuingError('key-file-exists', message, { cause: error })
    }
    // A file that holds half a key would be taken for a key.
    if (!isErrorCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EROFS')) await nodeFileSystem.remove(path).catch(() => {})
    const message = `The key file ${path} cannot be written (${reasonOf(error)}).`
    throw new IssuingError('key-file-unwritable', message, { cause: error })
  }
}

/**
 * Reads what {@link writeSigningKeyFile} wrote.
 *
 * @throws IssuingError `key-file-unreadable`, `invalid-key-file`.
 */
export async function readSigningKeyFile(path: string): Promise<SigningKeyFile> {
  try {
    const [content, status] = await Promise.all([nodeFileSystem.read(path), nodeFileSystem.status(path)])
    return { key: parseSigningKey(content), exposed: isExposed(status) }
  } catch (error) {
    if (isIssuingError(error)) {
      throw new IssuingError('invalid-key-file', `${path} is not a key file. ${error.message}`, { cause: error })
    }
    const message = `The key file ${path} cannot be read (${reasonOf(error)}).`
    throw new IssuingError('key-file-unreadable', message, { cause: error })
  }
}

function parseSigningKey(content: Uint8Array): SigningKey {
  const value = parseJson(content)
  if (typeof value === 'object' && value !== null && 'kid' in value && 'seed' in value && 'publicKey' in value) {
    const { kid: keyId, seed, publicKey } = value
    if (typeof keyId === 'string' && typeof seed === 'string' && typeof publicKey === 'string') {
      return requireSigningKey({ keyId, seed, publicKey })
    }
  }
  throw new IssuingError('invalid-key-file', 'It must be JSON with the texts kid, seed and publicKey.')
}

/** Windows has no such bits, and reports them as set. */
function isExposed({ mode }: FileStatus): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
