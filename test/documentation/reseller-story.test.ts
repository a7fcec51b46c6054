import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)

/** Runs a program of examples/ beside package.json, where the package's name leads to what was built. */
async function runExample(
  name: string,
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const source = readFileSync(new URL(`examples/${name}`, root), 'utf8')
  const program = fileURLToPath(new URL(`.example-${process.pid}-${name}.mjs`, root))
  writeFileSync(program, ts.transpile(source, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }))
  try {
    const child = spawn(process.execPath, [program])
    const closed = once(child, 'close')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    await closed
    return { exitCode: child.exitCode, stdout, stderr }
  } finally {
    rmSync(program)
  }
}

it('the story of a reseller runs to its end, and the process ends by itself', { timeout: 60_000 }, async () => {
  const { exitCode, stdout, stderr } = await runExample('reseller.ts')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout.trimEnd().split('\n')).toEqual([
    'Logged in as reseller@flavor.example.',
    'Created the client Shop.',
    'Created 50 licenses.',
    'The product is licensed, and the webhook has told of it.',
    'The product is unlicensed: revoked.',
  ])
})
