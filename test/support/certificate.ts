import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from './temporary-directory.js'

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** The certificate's file, for a program that is to trust it. */
  readonly file: string
}

/** A fresh certificate for a host that nobody but its maker trusts. */
export function selfSignedCertificate(host: string): Certificate {
  const directory = temporaryDirectory()
  const keyFile = join(directory, 'key.pem')
  const file = join(directory, 'certificate.pem')
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},IP:127.0.0.1`]
  const keyKind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...keyKind, ...subject, '-keyout', keyFile, '-out', file], {
    stdio: 'ignore',
  })
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file }
}
