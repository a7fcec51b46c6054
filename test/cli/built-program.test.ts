import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { describeWhere, itWhere } from '../process/support/machine.js'
import { ended, program, runBuilt, start } from './built-command-line.js'
import { keys, openShop } from './shop.js'

const seconds = { timeout: 30_000 }

describe('the program', () => {
  it('is executable as it is', () => {
    expect(readFileSync(program, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
  })

  it('prints the version of the package', seconds, async () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await runBuilt(['--version'])).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  it.each([[], ['activate'], ['verify'], ['status'], ['deactivate'], ['updates'], ['emulator']])(
    'documents the exit codes in the help of %j',
    seconds,
    async (...words: string[]) => {
      const { exitCode, stdout, stderr } = await runBuilt([...words, '--help'])
      expect([exitCode, stderr]).toEqual([0, ''])
      for (const code of [0, 1, 2, 3, 4, 5, 10]) expect(stdout).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'))
    },
  )

  it('says in the help of activate who can see a key on the line', seconds, async () => {
    expect((await runBuilt(['activate', '--help'])).stdout).toContain('visible to other users of this machine')
  })

  it('walks from activation to release as scripts do', seconds, async () => {
    const { options } = await openShop()
    const codes: (number | null)[] = []
    const walk = async (words: readonly string[], input?: string) => {
      const result = await runBuilt([...words, ...options, '--json'], input === undefined ? {} : { input })
      expect(result.stderr).toBe('')
      codes.push(result.exitCode)
      return JSON.parse(result.stdout)
    }
    expect((await walk(['verify'])).state).toBe('unknown')
    expect((await walk(['activate', '-'], `${keys.starter}\n`)).outcome).toBe('activated')
    expect((await walk(['verify'])).source).toBe('record')
    expect((await walk(['updates'])).outcome).toBe('available')
    expect((await walk(['deactivate'])).outcome).toBe('deactivated')
    expect((await walk(['verify'])).reason).toBe('deactivated')
    expect(codes).toEqual([5, 0, 0, 10, 0, 3])
  })

  it('ends once it has read the key, though standard input stays open', seconds, async () => {
    const { options } = await openShop()
    const child = start(['activate', '-', ...options])
    child.stdin.write(`${keys.starter}\n`)
    expect((await ended(child)).exitCode).toBe(0)
    child.stdin.destroy()
  })

  it('does not fail because nobody reads its output', seconds, async () => {
    const child = start(['--help'])
    child.stdout.destroy()
    const complaint = text(child.stderr)
    await once(child, 'close')
    expect([child.exitCode, await complaint]).toEqual([0, ''])
  })

  itWhere(['a device that is full'], 'says so where its output cannot be written', async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [program, '--version'], { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    if (!child.stderr) throw new Error('The program has no standard error.')
    const complaint = text(child.stderr)
    await once(child, 'close')
    expect([child.exitCode, await complaint]).toEqual([
      1,
      'flavor-license: The output could not be written (ENOSPC).\n',
    ])
  })

  it('loads neither a hub nor a prompt where it needs none', () => {
    const entry = readFileSync(program, 'utf8')
    const eager = [...entry.matchAll(/^import .* from "\.\/(.+?)"|^\} from "\.\/(.+?)"/gm)]
    const loaded = [
      entry,
      ...eager.map(([, one, other]) => readFileSync(program.replace('cli.js', one ?? other ?? ''), 'utf8')),
    ]
    for (const source of loaded) {
      expect(source).not.toContain('Rate limit exceeded')
      expect(source).not.toContain('ExitPromptError extends')
    }
  })
})

describeWhere(['a terminal by script'], 'on a terminal', () => {
  /** Types `answer` once the program has asked. */
  async function onTerminal(words: readonly string[], answer: string, env: Record<string, string> = {}) {
    const line = [process.execPath, program, ...words].map((word) => `'${word}'`).join(' ')
    const child = spawn('script', ['-qec', line, '/dev/null'], { env: { ...process.env, TERM: 'xterm', ...env } })
    let screen = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const asked = screen.includes('License key:')
      screen += chunk
      if (!asked && screen.includes('License key:')) child.stdin.write(answer)
    })
    await once(child, 'close')
    return { exitCode: child.exitCode, screen }
  }

  it('asks for the key and does not show it', seconds, async () => {
    const { options } = await openShop()
    const { exitCode, screen } = await onTerminal(['activate', ...options], `${keys.starter}\r`)
    expect(exitCode).toBe(0)
    expect(stripVTControlCharacters(screen)).toContain(`License key: ${'*'.repeat(keys.starter.length)}`)
    expect(screen).not.toContain('ABCD')
    expect(screen).toContain('The license is active.')
  })

  it('ends as wrong usage where the person gives up', seconds, async () => {
    const { options } = await openShop()
    const { exitCode, screen } = await onTerminal(['activate', ...options], '\u0003')
    expect(exitCode).toBe(2)
    expect(screen).toContain('No license key was entered.')
  })

  it('uses color, unless NO_COLOR is set', seconds, async () => {
    const { options } = await openShop()
    expect((await onTerminal(['status', ...options], '', { NO_COLOR: '' })).screen).toContain('\u001B[33m')
    expect((await onTerminal(['status', ...options], '', { NO_COLOR: '1' })).screen).not.toContain('\u001B[')
  })
})
