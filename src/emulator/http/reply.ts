/** FastAPI's JSON answer: compact, its length stated, no charset in the content type. */
export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return textReply(status, 'application/json', JSON.stringify(body), headers)
}

export function textReply(
  status: number,
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return bytesReply(status, contentType, new TextEncoder().encode(text), headers)
}

export function bytesReply(
  status: number,
  contentType: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(bytes, {
    status,
    headers: { ...headers, 'content-type': contentType, 'content-length': String(bytes.byteLength) },
  })
}

/** The same answer with other or more headers. */
export function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  if (Object.keys(headers).length === 0) return response
  const merged = new Headers(response.headers)
  for (const [name, value] of Object.entries(headers)) merged.set(name, value)
  return new Response(response.body, { status: response.status, headers: merged })
}
