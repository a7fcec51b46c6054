import { readFileSync, readlinkSync } from 'node:fs'
import type { ProcessName, ProcessState } from '../domain/budget/claim.js'
import type { ProcessTable } from '../ports/process-table.js'
import { isErrorCode } from './error-code.js'
import { systemClock } from './system-clock.js'

/** A process as Linux describes it. */
interface Entry {
  readonly processId: number
  readonly state: ProcessState
  readonly startedAt: string
}

function readEntry(process: number | 'self'): Entry {
  const text = readFileSync(`/proc/${process}/stat`, 'utf8')
  // The second field is the program's name in parentheses, which may hold anything.
  const [letter = '', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { processId: Number.parseInt(text, 10), state: stateBy(letter), startedAt: fields[18] ?? '' }
}

function stateBy(letter: string): ProcessState {
  // Nobody has noticed its end yet.
  if ('ZXx'.includes(letter)) return 'dead'
  // Suspended, it may never go on.
  return 'Tt'.includes(letter) ? 'unknown' : 'alive'
}

/** Throws where the table cannot be read, or is that of another namespace than this process counts in. */
function linuxName(): ProcessName {
  const { processId, startedAt } = readEntry('self')
  if (processId !== process.pid) throw new Error('The process table is that of another namespace.')
  return { space: `${systemClock.boot()} ${readlinkSync('/proc/self/ns/pid')}`, processId, startedAt }
}

function nameSelf(): ProcessName {
  try {
    return linuxName()
  } catch {
    // Two containers without a table of their own would take each other's numbers for their own.
    return { space: process.platform === 'linux' ? '' : systemClock.boot(), processId: process.pid, startedAt: '' }
  }
}

function look({ processId, startedAt }: ProcessName): ProcessState {
  // Sends nothing, and throws where there is no such process.
  if (startedAt === '') return process.kill(processId, 0) ? 'alive' : 'unknown'
  const entry = readEntry(processId)
  return entry.startedAt === startedAt ? entry.state : 'dead'
}

let self: ProcessName | undefined

/**
 * The process table of the operating system. Where it does not tell when a process started, a later one may pass for it
 * that was given the same number.
 */
export const processTable: ProcessTable = {
  self() {
    self ??= nameSelf()
    return self
  },

  stateOf(name): ProcessState {
    if (name.space === '' || name.space !== processTable.self().space) return 'unknown'
    try {
      return look(name)
    } catch (error) {
      if (isErrorCode(error, 'EPERM')) return 'alive'
      return isErrorCode(error, 'ENOENT', 'ESRCH') ? 'dead' : 'unknown'
    }
  },
}
