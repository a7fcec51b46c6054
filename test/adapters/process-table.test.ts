import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processTable } from '../../src/adapters/process-table.js'
import type { ProcessName } from '../../src/domain/budget/claim.js'
import { itWhere } from '../process/support/machine.js'

const self = processTable.self()
/** Linux alone tells when a process started, and what it does now. */
const isLinux = process.platform === 'linux'

function startOther(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What the other process would call itself. */
function nameOf({ pid = 0 }: ChildProcess): ProcessName {
  const started = isLinux ? (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '') : ''
  return { ...self, processId: pid, startedAt: started }
}

describe('the process table', () => {
  it('knows this process, always by the same name', () => {
    expect(processTable.stateOf(self)).toBe('alive')
    expect(processTable.self()).toEqual({ ...self, processId: process.pid })
  })

  it('sees another one live and die', async () => {
    const other = startOther()
    const name = nameOf(other)
    expect(processTable.stateOf(name)).toBe('alive')
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(processTable.stateOf(name)).toBe('dead')
  })

  itWhere(['the /proc of Linux'], 'takes a process whose end nobody has noticed for dead', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [printed]: unknown[] = await once(parent.stdout, 'data')
    const processId = Number(printed)
    await expect.poll(() => readFileSync(`/proc/${processId}/stat`, 'utf8')).toContain(') Z ')
    const startedAt = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
    expect(processTable.stateOf({ ...self, processId, startedAt })).toBe('dead')
  })

  itWhere(['the /proc of Linux'], 'promises nothing of one that is suspended', async () => {
    const other = startOther()
    const name = nameOf(other)
    other.kill('SIGSTOP')
    await expect.poll(() => processTable.stateOf(name)).toBe('unknown')
    other.kill('SIGCONT')
    await expect.poll(() => processTable.stateOf(name)).toBe('alive')
  })

  itWhere(['the /proc of Linux'], 'does not take a process for an earlier one with its number', () => {
    expect(processTable.stateOf({ ...self, startedAt: '1' })).toBe('dead')
  })

  it('sees by its number alone whether a process is there, where nothing more is known', () => {
    expect(processTable.stateOf({ ...self, startedAt: '' })).toBe('alive')
    expect(processTable.stateOf({ ...self, startedAt: '', processId: 2 ** 30 })).toBe('dead')
  })

  it('knows nothing of processes elsewhere, nor of names that are none', () => {
    expect(processTable.stateOf({ ...self, space: 'another machine' })).toBe('unknown')
    expect(processTable.stateOf({ ...self, space: '' })).toBe('unknown')
    expect(processTable.stateOf({ ...self, startedAt: '', processId: Number.NaN })).toBe('unknown')
  })
})
