import type { Evaluate } from './redis-client.js'

/** A Redis that may be gone, or hang: nobody waits for it longer than a moment. */
export interface RedisConnection {
  /** What a Lua script answers, which Redis runs in one step. Rejects when it fails, or is not answered in time. */
  run(script: string, key: string, ...scriptArguments: readonly string[]): Promise<unknown>
  /** Redis' wall clock minus this machine's, as of the last answer; 0 before the first. */
  clockOffset(): number
}

/** Longer than any Redis in use takes, short enough for a start of a product. */
const patienceMs = 250

/** How long nobody tries again after a failure. */
const restMs = 1_000

const outOfTime = Symbol('out of time')

export function redisConnection(evaluate: Evaluate): RedisConnection {
  let restsUntil = Number.NEGATIVE_INFINITY
  /** Commands that were given up and whose client still hopes for an answer: one more would only join them. */
  let givenUp = 0
  let clockOffset = 0

  async function answerTo(script: string, key: string, scriptArguments: readonly string[]): Promise<unknown> {
    if (givenUp > 0 || performance.now() < restsUntil) throw unavailable('it has not answered of late')
    const reply = evaluate(script, key, scriptArguments).catch((error: unknown) => {
      restsUntil = performance.now() + restMs
      throw unavailable(reasonOf(error))
    })
    const timer = patience()
    const answer = await Promise.race([reply, timer.end]).finally(timer.cancel)
    if (answer !== outOfTime) return answer
    const settled = () => {
      givenUp -= 1
    }
    givenUp += 1
    reply.then(settled, settled)
    throw unavailable(`no answer within ${patienceMs} ms`)
  }

  return {
    async run(script, key, ...scriptArguments) {
      const answer = await answerTo(timed(script), key, scriptArguments)
      const [microseconds, value] = Array.isArray(answer) ? answer : []
      const time = Number(microseconds) / 1_000
      if (!Number.isFinite(time)) throw unavailable('it answered something else')
      clockOffset = time - Date.now()
      return value
    },
    clockOffset: () => clockOffset,
  }
}

/** The script with Redis' own time, in microseconds, in front of its answer. */
function timed(script: string): string {
  return `
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local function answer()
${script}
end
return { now, answer() }
`
}

function patience(): { readonly end: Promise<typeof outOfTime>; readonly cancel: () => void } {
  let cancel = () => {}
  const end = new Promise<typeof outOfTime>((resolve) => {
    // A process that was busy for so long finds the answer and the end of its patience at once: the answer counts.
    const timer = setTimeout(() => setImmediate(resolve, outOfTime), patienceMs)
    cancel = () => clearTimeout(timer)
  })
  return { end, cancel }
}

function unavailable(reason: string): Error {
  return new Error(`Redis: ${reason}`)
}

/**
 * The name of a failure, such as `ECONNREFUSED` or `READONLY`. Never the client's error itself, nor its message: they
 * may repeat the command, which holds a license key.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if ('code' in error && typeof error.code === 'string') return error.code
  return /^[A-Z]{2,}\b/.exec(error.message)?.[0] ?? error.name
}
