import { STATUS_CODES } from 'node:http'

export interface HttpAnswer {
  readonly status: number
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string | Uint8Array
}

/** An answer as it goes over the wire. Its length is stated unless the headers frame the body in another way. */
export function httpBytes({ status, headers = [], body = '' }: HttpAnswer): Buffer {
  const content = Buffer.from(body)
  const framed = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(framed ? [] : [`content-length: ${content.length}`]),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content])
}

export function jsonBytes(status: number, json: string): Buffer {
  return httpBytes({ status, headers: [['content-type', 'application/json']], body: json })
}
