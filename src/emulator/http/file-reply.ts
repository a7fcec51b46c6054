import type { Artifact } from '../hub/artifact.js'
import { bytesReply } from './reply.js'

/**
 * A file, or the part of it that `Range` asks for (RFC 9110, section 14); several ranges at once get the whole. `If-Range`
 * takes the entity tag alone: two files may have one date.
 */
export function fileReply(artifact: Artifact, headers: Headers): Response {
  const { size, filename, sha256, modifiedAt } = artifact
  const etag = `"${sha256}"`
  const common = {
    'accept-ranges': 'bytes',
    etag,
    'last-modified': new Date(modifiedAt).toUTCString(),
    'content-disposition': `attachment; filename="${filename}"`,
  }
  const condition = headers.get('if-range')
  const unchanged = condition === null || condition === etag
  const range = unchanged ? readRange(headers.get('range'), size) : 'whole'
  if (range === 'unsatisfiable') {
    return bytesReply(416, 'text/plain; charset=utf-8', new Uint8Array(), {
      ...common,
      'content-range': `bytes */${size}`,
    })
  }
  if (range === 'whole') return partReply(200, artifact, { first: 0, last: size - 1 }, common)
  const contentRange = `bytes ${range.first}-${range.last}/${size}`
  return partReply(206, artifact, range, { ...common, 'content-range': contentRange })
}

function partReply(
  status: number,
  artifact: Artifact,
  { first, last }: ByteRange,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(artifact.body(first, last + 1), {
    status,
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': String(last + 1 - first),
    },
  })
}

type ByteRange = { readonly first: number; readonly last: number }

/** A header that is not one well-formed byte range is ignored, as the RFC asks. */
export function readRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return 'whole'
  if (first >= size) return 'unsatisfiable'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
