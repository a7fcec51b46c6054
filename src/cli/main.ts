#!/usr/bin/env node
import { run } from './run.js'

// Whoever reads the output may stop reading, as `head -1` does. That is no failure of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

// The process ends by itself once all output is written; ending it here could cut the output off.
process.exitCode = await run(process.argv.slice(2), process)
