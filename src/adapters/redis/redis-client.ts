/** What is needed of a client, a cluster client or a pool of the `redis` package. */
export interface NodeRedisClient {
  /** Runs a Lua script on the server. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** What is needed of a client or a cluster client of `ioredis`. */
export interface IoRedisClient {
  /** Runs a Lua script on the server. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>
  /** What tells the two packages apart. */
  defineCommand(name: string, definition: { lua: string }): void
}

/** A client that is connected, or about to be. It stays the caller's: it is never closed, and its settings never change. */
export type RedisClient = NodeRedisClient | IoRedisClient

/** Runs a Lua script on one key, so that it reaches the right node of a cluster. */
export type Evaluate = (script: string, key: string, scriptArguments: readonly string[]) => Promise<unknown>

export function evaluateBy(client: RedisClient): Evaluate {
  if ('defineCommand' in client) {
    return async (script, key, scriptArguments) => client.eval(script, 1, key, ...scriptArguments)
  }
  return async (script, key, scriptArguments) => client.eval(script, { keys: [key], arguments: [...scriptArguments] })
}

export function isRedisClient(client: unknown): client is RedisClient {
  return typeof client === 'object' && client !== null && 'eval' in client && typeof client.eval === 'function'
}
