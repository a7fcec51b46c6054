/** `fetch` unpacks gzip before anybody sees the body; without a network that is left to do here. */
export function asFetchedBody(response: Response): Response {
  if (response.body === null || response.headers.get('content-encoding') !== 'gzip') return response
  const unpacked = response.body.pipeThrough(new DecompressionStream('gzip'))
  return new Response(unpacked, { status: response.status, headers: response.headers })
}
