import * as v from 'valibot'
import { problemOf } from '../schema-problem.js'
import type { Fault } from './fault.js'
import { EmulatorFaultError } from './fault-error.js'
import type { FaultSchemas } from './fault-schema.js'

/**
 * A fault as a program or a command line gives it, of one of the kinds that have a schema.
 *
 * @throws EmulatorFaultError
 */
export function readFault<Known extends Fault>(given: unknown, schemas: FaultSchemas<Known>): Known {
  const kind: unknown = typeof given === 'object' && given !== null && 'kind' in given ? given.kind : undefined
  const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  if (!schema) {
    const problem = typeof kind === 'string' ? `There is no fault ${JSON.stringify(kind)}` : 'A fault names its kind'
    throw new EmulatorFaultError(`${problem}. The faults are: ${Object.keys(schemas).join(', ')}.`)
  }
  const result = v.safeParse(schema, given, { abortEarly: true })
  if (result.success) return result.output
  throw new EmulatorFaultError(`The fault ${kind} is not usable: ${problemOf(result.issues[0], 'it')}.`)
}
