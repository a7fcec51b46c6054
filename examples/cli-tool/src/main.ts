#!/usr/bin/env node
import { createInterface } from 'node:readline/promises'
import { createLicenseClient } from 'flavor-license'
import { run } from './commands.js'

const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'auto', // each computer is a device of its own
  hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
})

/** From the terminal, or from a pipe: `tidy activate < key.txt`. */
async function readKey(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, prompt: 'License key: ' })
  terminal.prompt()
  for await (const line of terminal) return line
  return ''
}

process.exitCode = await run(process.argv.slice(2), { license, readKey, print: console.log })
await license.close()
