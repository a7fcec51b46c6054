import type { EmulatorOptions } from '../../../src/emulator/index.js'
import type { AccountType, WireLogin } from '../../../src/protocol/wire/portal/auth.js'
import type { WirePortalLicense } from '../../../src/protocol/wire/portal/license.js'
import { type HubUnderTest, hubUnderTest } from '../hub-under-test.js'

export type Method = 'GET' | 'POST' | 'DELETE'

export interface PortalRequest {
  readonly body?: unknown
  readonly token?: string
  readonly apiKey?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly remoteAddress?: string
}

export interface PortalAnswer {
  readonly status: number
  readonly headers: Headers
  /** `undefined` where the answer has none. A test reads the fields that it asserts on. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the hub says is what a test is about
  readonly body: any
}

/** Somebody who is logged in. */
export interface Caller {
  readonly token: string
  get(path: string): Promise<PortalAnswer>
  post(path: string, body?: unknown): Promise<PortalAnswer>
  delete(path: string): Promise<PortalAnswer>
}

export interface PortalUnderTest extends HubUnderTest {
  call(method: Method, path: string, request?: PortalRequest): Promise<PortalAnswer>
  login(email: string, password: string): Promise<PortalAnswer>
  /** Logs in as the seed's account of a type. */
  as(type: AccountType): Promise<Caller>
}

export const portalUrl = 'https://hub.example/api/v1/portal'

/** Rate limits are off unless a test is about them. */
export function portalUnderTest(options: EmulatorOptions = {}): PortalUnderTest {
  const hub = hubUnderTest(options)
  const call: PortalUnderTest['call'] = async (method, path, request = {}) => {
    const response = await hub.emulator.fetch(`${portalUrl}${path}`, {
      method,
      headers: {
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
        ...(request.apiKey === undefined ? {} : { 'x-api-key': request.apiKey }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      remoteAddress: request.remoteAddress,
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined }
  }
  const login: PortalUnderTest['login'] = (email, password) =>
    call('POST', '/auth/login', { body: { email, password } })
  return {
    ...hub,
    call,
    login,
    as: async (type) => {
      const { body } = await login(`${type}@flavor.example`, `${type}-password`)
      const { access_token: token }: WireLogin = body
      return {
        token,
        get: (path) => call('GET', path, { token }),
        post: (path, body) => call('POST', path, { token, ...(body === undefined ? {} : { body }) }),
        delete: (path) => call('DELETE', path, { token }),
      }
    },
  }
}

/** Creates one license of the product `flavor-starter`. */
export async function createdLicense(caller: Caller, order: object = {}): Promise<WirePortalLicense> {
  return (await caller.post('/licenses', { product_id: 1, ...order })).body
}
