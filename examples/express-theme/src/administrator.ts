import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'

/** Whether an `Authorization` header is the administrator's. */
export type IsAdministrator = (authorization: string | null | undefined) => boolean

/** Stands for the login that your product has already. */
export function administrator(password: string): IsAdministrator {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Basic ${btoa(`admin:${password}`)}`)
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected)
}

/** Lets the browser ask for name and password. */
export function askForPassword(isAdministrator: IsAdministrator): RequestHandler {
  return ({ headers }, response, next) => {
    if (isAdministrator(headers.authorization)) next()
    else response.set('WWW-Authenticate', 'Basic realm="Shop"').sendStatus(401)
  }
}
