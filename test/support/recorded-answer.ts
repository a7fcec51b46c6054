import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { type SetbackReason, setbackMessage } from '../../src/domain/license/setback.js'
import { httpBytes } from './http-bytes.js'

/** An answer that is not the hub's word, as a file of `fixtures/wire` holds it. */
export interface RecordedAnswer {
  readonly file: string
  readonly name: string
  /** What it must be taken for. */
  readonly setback: SetbackReason
  /** The whole answer; the connection ends behind it. */
  readonly bytes: Buffer
}

const pieceSchema = v.union([
  v.strictObject({ text: v.string() }),
  v.strictObject({ base64: v.string() }),
  v.strictObject({ repeat: v.string(), times: v.number() }),
])

const fileSchema = v.strictObject({
  name: v.string(),
  setback: v.pipe(
    v.string(),
    v.guard((reason): reason is SetbackReason => Object.hasOwn(setbackMessage, reason)),
  ),
  /** Without a status the body is all there is: something that does not speak HTTP. */
  status: v.optional(v.number()),
  headers: v.optional(v.array(v.tuple([v.string(), v.string()]))),
  body: v.array(pieceSchema),
})

const folder = new URL('../../fixtures/wire/', import.meta.url)

export function recordedAnswers(): readonly RecordedAnswer[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const content: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
      const { name, setback, status, headers, body } = v.parse(fileSchema, content)
      const bytes = Buffer.concat(body.map(pieceBytes))
      return {
        file,
        name,
        setback,
        bytes: status === undefined ? bytes : httpBytes({ status, headers: headers ?? [], body: bytes }),
      }
    })
}

function pieceBytes(piece: v.InferOutput<typeof pieceSchema>): Buffer {
  if ('text' in piece) return Buffer.from(piece.text)
  if ('base64' in piece) return Buffer.from(piece.base64, 'base64')
  return Buffer.from(piece.repeat.repeat(piece.times))
}
