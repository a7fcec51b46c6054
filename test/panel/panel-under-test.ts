import { createPanelHandler, type PanelHandler, type PanelOptions } from '../../src/panel/index.js'
import { createTestbed, type Testbed, type TestbedOptions } from '../../src/testing/index.js'

export const host = 'shop.example:3000'

export interface PanelUnderTest {
  readonly bed: Testbed
  readonly handler: PanelHandler
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body?: unknown, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>
}

/** A panel of a product on its testbed, asked as its own page asks. */
export function panelUnderTest(options: Partial<PanelOptions> = {}, product: TestbedOptions = {}): PanelUnderTest {
  const bed = createTestbed(product)
  const handler = createPanelHandler(bed.license, {
    authorize: () => true,
    hosts: [host],
    path: '/license',
    ...options,
  })
  const url = (path: string) => `http://${host}/license/${path}`
  const own = { host, 'x-flavor-license-panel': '1', 'sec-fetch-site': 'same-origin' }
  return {
    bed,
    handler,
    get: (path, headers = {}) => handler(new Request(url(path), { headers: { ...own, ...headers } })),
    post: (path, body = {}, headers = {}, signal = new AbortController().signal) =>
      handler(
        new Request(url(path), {
          method: 'POST',
          headers: { ...own, origin: `http://${host}`, 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          signal,
        }),
      ),
  }
}

export async function errorOf(response: Response): Promise<{ readonly status: number; readonly code: string }> {
  const body = (await response.json()) as { readonly error: { readonly code: string } }
  return { status: response.status, code: body.error.code }
}
