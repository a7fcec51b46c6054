import type { Terminal } from './terminal.js'

type Environment = Terminal['env']

/** An empty variable counts as none, as a script that exports one unconditionally expects. */
export function environmentText(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

const off = new Set(['0', 'false', 'no', 'off'])

export function environmentFlag(env: Environment, name: string): boolean {
  const value = environmentText(env, name)
  return value !== undefined && !off.has(value.toLowerCase())
}
