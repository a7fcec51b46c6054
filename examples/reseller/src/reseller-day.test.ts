import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const program = fileURLToPath(new URL('reseller-day.js', import.meta.url))

test('the day of a reseller goes to its end, and the process ends by itself', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], { timeout: 60_000 })
  assert.equal(stderr, '')
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'Logged in as reseller@flavor.example.',
    'Created the client Shop.',
    'Created 50 licenses.',
    'The product is licensed, and the webhook has told of it.',
    'The product is unlicensed: revoked.',
  ])
})
