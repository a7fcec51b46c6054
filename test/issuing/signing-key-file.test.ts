import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  generateSigningKey,
  isIssuingError,
  readSigningKeyFile,
  type SigningKey,
  writeSigningKeyFile,
} from '../../src/issuing/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const key = generateSigningKey('vendor')

const newFile = () => join(temporaryDirectory(), 'key.json')

async function problemOf(operation: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isIssuingError(error)) throw new Error(`This is no IssuingError: ${String(error)}`)
  return { code: error.code, message: error.message }
}

describe('a signing key file', () => {
  it('gives back the key that was put in', async () => {
    const file = newFile()
    await writeSigningKeyFile(file, key)
    expect(await readSigningKeyFile(file)).toEqual({ key, exposed: false })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ kid: 'vendor', seed: key.seed, publicKey: key.publicKey })
  })

  it('is for this user alone from its first byte, whatever the umask', async () => {
    const file = newFile()
    const umask = process.umask(0)
    try {
      await writeSigningKeyFile(file, key)
    } finally {
      process.umask(umask)
    }
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('overwrites nothing and follows no link', async () => {
    const file = newFile()
    writeFileSync(file, 'mine')
    expect(await problemOf(writeSigningKeyFile(file, key))).toEqual({
      code: 'key-file-exists',
      message: `There is already a file ${file}, and no key is overwritten. Choose another name.`,
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')

    const target = newFile()
    const link = newFile()
    symlinkSync(target, link)
    expect((await problemOf(writeSigningKeyFile(link, key))).code).toBe('key-file-exists')
    expect(existsSync(target)).toBe(false)
  })

  it('says so where it cannot be written', async () => {
    const file = join(temporaryDirectory(), 'missing', 'key.json')
    expect((await problemOf(writeSigningKeyFile(file, key))).code).toBe('key-file-unwritable')
  })

  it.each([0o640, 0o604, 0o620, 0o666])('tells that others can reach it with the mode %o', async (mode) => {
    const file = newFile()
    await writeSigningKeyFile(file, key)
    chmodSync(file, mode)
    expect((await readSigningKeyFile(file)).exposed).toBe(true)
  })

  it('says so where it cannot be read', async () => {
    expect((await problemOf(readSigningKeyFile(newFile()))).code).toBe('key-file-unreadable')
    const directory = newFile()
    mkdirSync(directory)
    expect((await problemOf(readSigningKeyFile(directory))).code).toBe('key-file-unreadable')
  })

  const other = generateSigningKey('vendor')
  const file = { kid: 'vendor', seed: key.seed, publicKey: key.publicKey }
  it.each<[string, unknown]>([
    ['something else', 'nonsense'],
    ['an array', []],
    ['nothing of a key', {}],
    ['no seed', { ...file, seed: undefined }],
    ['a seed that is a number', { ...file, seed: 7 }],
    ['a short seed', { ...file, seed: key.seed.slice(1) }],
    ["another key's public key", { ...file, publicKey: other.publicKey }],
    ['a key id with an equals sign', { ...file, kid: 'a=b' }],
    ['an empty key id', { ...file, kid: '' }],
  ])('is refused where it holds %s, without telling what', async (_what, content) => {
    const path = newFile()
    writeFileSync(path, JSON.stringify(content))
    const { code, message } = await problemOf(readSigningKeyFile(path))
    expect(code).toBe('invalid-key-file')
    expect(message).toMatch(/^[^\n]+ is not a key file\. [A-Z][^\n]+\.$/)
    expect(message).not.toContain(key.seed.slice(1))
  })

  it('is not written for a key that is none', async () => {
    const path = newFile()
    const wrong: SigningKey = { ...key, publicKey: other.publicKey }
    expect((await problemOf(writeSigningKeyFile(path, wrong))).code).toBe('invalid-signing-key')
    expect((await problemOf(writeSigningKeyFile(path, { ...key, keyId: 'a b' }))).code).toBe('invalid-key-id')
    expect(existsSync(path)).toBe(false)
  })
})

describe('a key id', () => {
  it('is derived from the key where none is given, and never looks like an option', () => {
    for (let round = 0; round < 50; round += 1) expect(generateSigningKey().keyId).toMatch(/^[0-9a-f]{8}$/)
  })
})
