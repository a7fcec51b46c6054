import {
  emailRequestSchema,
  loginRequestSchema,
  loginSchema,
  messageSchema,
  refreshRequestSchema,
  refreshSchema,
  registerRequestSchema,
  type WireEmailRequest,
  type WireLogin,
  type WireMessage,
  type WireRefresh,
} from '../../../protocol/wire/portal/auth.js'
import { HubRefusal } from '../../hub/refusal.js'
import { signAccessToken } from '../access-token.js'
import { accountWithEmail, withNewAccount } from '../accounts.js'
import { openEndpoint, type PortalEndpoint } from '../endpoint.js'
import { emailRule, passwordRule, textRule } from '../field-rules.js'
import { hashPassword, isPassword } from '../password.js'
import { openSession, renewSession } from '../session.js'

export const loginEndpoint: PortalEndpoint = openEndpoint({
  summary: 'Log in',
  request: loginRequestSchema,
  status: 200,
  response: loginSchema,
  refusals: ['invalid_credentials'],
  serve: async ({ body: { email, password } }, { store, now }): Promise<WireLogin> => {
    const account = accountWithEmail(store.read(), email)
    const proven = await isPassword(password, account?.passwordHash)
    if (account === undefined || !proven) throw new HubRefusal('invalid_credentials')
    const { id, name, type } = account
    const { state, refreshToken } = openSession(store.read(), id, now)
    store.write(state)
    return {
      access_token: await signAccessToken(state.portal.tokenSecret, id, now),
      refresh_token: refreshToken,
      user: { id, email: account.email, name, type },
    }
  },
})

export const registerEndpoint: PortalEndpoint = openEndpoint({
  summary: 'Make an account of type customer',
  request: registerRequestSchema,
  rules: [emailRule, passwordRule, textRule('name')],
  status: 201,
  response: messageSchema,
  refusals: [],
  serve: async ({ body: { email, password, name } }, { store, now }): Promise<WireMessage> => {
    // The same work and the same answer for an address that has an account: nobody learns who is a customer.
    const passwordHash = await hashPassword(password)
    const present = accountWithEmail(store.read(), email)
    store.write(
      present === undefined ? withNewAccount(store.read(), { email, name, passwordHash }, now) : { ...store.read() },
    )
    return { message: 'If this address is new, an account was made for it.' }
  },
})

export const refreshEndpoint: PortalEndpoint = openEndpoint({
  summary: 'Exchange a refresh token for new tokens',
  request: refreshRequestSchema,
  status: 200,
  response: refreshSchema,
  refusals: ['not_authenticated'],
  serve: async ({ body }, { store, now }): Promise<WireRefresh> => {
    const renewal = renewSession(store.read(), body.refresh_token, now)
    if ('refused' in renewal) {
      store.write(renewal.refused)
      throw new HubRefusal('not_authenticated')
    }
    const { state, refreshToken, accountId } = renewal
    store.write(state)
    return {
      access_token: await signAccessToken(state.portal.tokenSecret, accountId, now),
      refresh_token: refreshToken,
    }
  },
})

export const forgotPasswordEndpoint: PortalEndpoint = mailEndpoint('Ask for a mail to set a new password')
export const resendVerificationEndpoint: PortalEndpoint = mailEndpoint('Ask for the mail that proves an address again')

/** This hub sends no mail, so it does the same for every address: nothing. */
function mailEndpoint(summary: string): PortalEndpoint {
  return openEndpoint<WireEmailRequest>({
    summary,
    request: emailRequestSchema,
    rules: [emailRule],
    status: 200,
    response: messageSchema,
    refusals: [],
    serve: (): WireMessage => ({ message: 'If this address has an account, a mail is on its way.' }),
  })
}
