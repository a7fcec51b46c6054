import { createPrivateKey, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Changes the JSON text of each record in a client's directory, as somebody can who reads the client's own key. */
export function rewriteRecords(directory, changed) {
  const seed = Buffer.from(readFileSync(join(directory, 'client-key-v1'), 'utf8'), 'base64url')
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const records = readdirSync(directory).filter((name) => name.endsWith('.jws'))
  if (records.length === 0) throw new Error('There is no record.')
  for (const name of records) {
    const path = join(directory, name)
    const [header, payload] = readFileSync(path, 'utf8').split('.')
    const text = changed(Buffer.from(payload, 'base64url').toString())
    const message = `${header}.${Buffer.from(text).toString('base64url')}`
    writeFileSync(path, `${message}.${sign(null, message, privateKey).toString('base64url')}`)
  }
}
