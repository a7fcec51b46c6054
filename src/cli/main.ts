#!/usr/bin/env node
import { exitCodes } from './exit-code.js'
import { run } from './run.js'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever reads the output may stop reading, as `head -1` does. That is no failure of the command.
    if (code === 'EPIPE') return
    const complaint = `flavor-license: The output could not be written (${code}).\n`
    process.stderr.write(complaint, () => process.exit(exitCodes.internalError))
  })
}

// The process ends by itself once all output is written; ending it here could cut the output off.
process.exitCode = await run(process.argv.slice(2), process)
