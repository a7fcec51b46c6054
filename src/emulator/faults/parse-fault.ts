import type { Fault } from './fault.js'
import { EmulatorFaultError } from './fault-error.js'
import { writtenFaultSchemas } from './fault-schema.js'
import { readFault } from './read-fault.js'

/**
 * A fault as it stands on a command line: its kind, where it strikes and its fields, such as
 * `short-body@updateDownload,bytes=2,times=1`. A value is read as JSON where it is that, else as text.
 *
 * @throws EmulatorFaultError
 */
export function parseFault(text: string): Fault {
  const [head = '', ...pairs] = text.split(',')
  const [kind = '', route] = head.split('@', 2)
  const fields = Object.fromEntries(pairs.map(readPair))
  return readFault({ kind, ...(route !== undefined && { route }), ...fields }, writtenFaultSchemas)
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
