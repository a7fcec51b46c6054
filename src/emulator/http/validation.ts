import * as v from 'valibot'
import type { WireValidationIssue } from '../../protocol/wire/error.js'
import type { Schema } from '../../protocol/wire/primitives.js'
import { jsonReply } from './reply.js'

/** An issue as FastAPI writes it today: with the submitted input, license key included, echoed back. */
export interface EchoingIssue extends WireValidationIssue {
  readonly input: unknown
  readonly ctx?: { readonly error: unknown }
}

export type Validated<Value> = { readonly value: Value } | { readonly issues: readonly EchoingIssue[] }

export function validationReply(issues: readonly EchoingIssue[], code: string | undefined): Response {
  return jsonReply(422, code === undefined ? { detail: issues } : { detail: issues, code })
}

/** Reads a JSON body as FastAPI does, with its complaints in its words. */
export async function readJsonBody(request: Request): Promise<Validated<unknown>> {
  const text = await request.text()
  if (text === '') return { issues: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }] }
  // Any other content type leaves the body what it is, a string, which no model accepts.
  if (!isJson(request.headers.get('content-type'))) return { value: text }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return {
      issues: [
        {
          type: 'json_invalid',
          loc: ['body', 0],
          msg: 'JSON decode error',
          input: {},
          ctx: { error: 'Expecting value' },
        },
      ],
    }
  }
}

export function validate<Body>(schema: Schema<Body>, value: unknown): Validated<Body> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const msg = 'Input should be a valid dictionary or object to extract fields from'
    return { issues: [{ type: 'model_attributes_type', loc: ['body'], msg, input: value }] }
  }
  const result = v.safeParse(schema, value)
  return result.success ? { value: result.output } : { issues: result.issues.map((issue) => echoing(issue, value)) }
}

/** A rule on one field that the wire schema leaves open and this hub does not. */
export interface FieldRule {
  readonly field: string
  readonly message: string
  holds(value: unknown): boolean
}

export function applyRules(rules: readonly FieldRule[], body: object): readonly EchoingIssue[] {
  return rules.flatMap((rule): EchoingIssue[] => {
    const value: unknown = Reflect.get(body, rule.field)
    if (value === undefined || rule.holds(value)) return []
    const { field, message } = rule
    return [
      { type: 'value_error', loc: ['body', field], msg: `Value error, ${message}`, input: value, ctx: { error: {} } },
    ]
  })
}

function echoing(issue: v.BaseIssue<unknown>, body: object): EchoingIssue {
  const loc = ['body', ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))]
  const { input } = issue
  if (issue.received === 'undefined') return { type: 'missing', loc, msg: 'Field required', input: body }
  if (issue.kind === 'schema' && issue.type === 'string') {
    return { type: 'string_type', loc, msg: 'Input should be a valid string', input }
  }
  if (issue.kind === 'schema' && issue.type === 'record') {
    return { type: 'dict_type', loc, msg: 'Input should be a valid dictionary', input }
  }
  return { type: 'value_error', loc, msg: `Value error, ${issue.message}`, input, ctx: { error: {} } }
}

function isJson(contentType: string | null): boolean {
  return contentType === null || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)
}
