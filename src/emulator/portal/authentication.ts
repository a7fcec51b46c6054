import { apiKeyPattern } from '../../protocol/wire/portal/api-key.js'
import type { HubState } from '../hub/state.js'
import { accountIdOf } from './access-token.js'
import type { Account } from './accounts.js'
import { secretHash } from './secret-hash.js'

/**
 * The account behind a request; `undefined` where nothing good proves one. An API key counts only where one is taken:
 * everywhere else it is as if none had been sent.
 */
export async function authenticated(
  { portal }: HubState,
  headers: Headers,
  takesApiKey: boolean,
  now: number,
): Promise<Account | undefined> {
  const id =
    (await loginOf(portal.tokenSecret, headers.get('authorization'), now)) ??
    (takesApiKey ? keyOwner(portal.apiKeys, headers.get('x-api-key')) : undefined)
  return portal.accounts.find((account) => account.id === id)
}

async function loginOf(secret: string, authorization: string | null, now: number): Promise<number | undefined> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  return token === undefined ? undefined : accountIdOf(secret, token, now)
}

/** Keys are compared by their hashes: how long a comparison takes says nothing about a key (timing attack). */
function keyOwner(apiKeys: HubState['portal']['apiKeys'], key: string | null): number | undefined {
  if (key === null || !apiKeyPattern.test(key)) return undefined
  const hash = secretHash(key)
  return apiKeys.find((candidate) => candidate.hash === hash)?.ownerId
}
