import * as v from 'valibot'
import { problemOf } from '../schema-problem.js'
import type { Fault } from './fault.js'
import { faultSchemas } from './fault-schema.js'

/** A fault that cannot be read. Its message says what is wrong in one sentence. */
export class EmulatorFaultError extends Error {
  override readonly name: string = 'EmulatorFaultError'
  readonly code = 'invalid-fault' as const
}

/**
 * A fault as it stands on a command line: its kind, where it strikes and its fields, such as
 * `short-body@updateDownload,bytes=2,times=1`. A value is read as JSON where it is that, else as text.
 *
 * @throws EmulatorFaultError
 */
export function parseFault(text: string): Fault {
  const [head = '', ...pairs] = text.split(',')
  const [kind = '', route] = head.split('@', 2)
  const schema = Object.hasOwn(faultSchemas, kind) ? faultSchemas[kind] : undefined
  if (!schema) {
    const known = Object.keys(faultSchemas).join(', ')
    throw new EmulatorFaultError(`There is no fault ${JSON.stringify(kind)}. The faults are: ${known}.`)
  }
  const fields = Object.fromEntries(pairs.map(readPair))
  const result = v.safeParse(schema, { kind, ...(route !== undefined && { route }), ...fields }, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new EmulatorFaultError(`The fault ${kind} is not usable: ${problemOf(issue, 'it')}.`)
}

function readPair(pair: string): readonly [string, unknown] {
  const at = pair.indexOf('=')
  if (at < 1)
    throw new EmulatorFaultError(`A field of a fault is written as its name and value: not ${JSON.stringify(pair)}.`)
  return [pair.slice(0, at), readValue(pair.slice(at + 1))]
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
