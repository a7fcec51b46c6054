const results = []

/** Does something, and prints whether it worked and how long it took. Goes on where it did not. */
export async function check(name, work) {
  const started = performance.now()
  const problem = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error) => [error.message, error.stdout, error.stderr].filter(Boolean).join('\n').slice(0, 2_000),
    )
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${problem === undefined ? 'ok    ' : 'failed'} ${name} (${seconds} s)`)
  if (problem !== undefined) console.log(problem.replace(/^/gm, '       '))
  results.push(problem === undefined)
}

export function requireThat(condition, message) {
  if (!condition) throw new Error(message)
}

/** Prints the sum of all checks; the exit code is 1 when one failed. */
export function report() {
  const failed = results.filter((passed) => !passed).length
  console.log(`\n${results.length - failed} of ${results.length} hold.`)
  if (failed > 0) process.exitCode = 1
}
