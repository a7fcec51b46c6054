import { CommandError } from './command-error.js'
import { exitCodes } from './exit-code.js'
import { isSystemError, reasonOf } from './system-error.js'

/** The port that was given; 0 picks a free one. */
export function readPort(text = '0'): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new CommandError('invalid-port', `The port ${JSON.stringify(text)} is not a number from 0 to 65535.`)
}

/** What `listen` gives, or one sentence that says why nothing can listen there. */
export async function listenOn<Server>(port: number, listen: () => Promise<Server>): Promise<Server> {
  try {
    return await listen()
  } catch (error) {
    const inUse = isSystemError(error) && error.code === 'EADDRINUSE'
    const message = inUse
      ? `The port ${port} is in use. Stop the program that uses it, or choose another port.`
      : `Nothing can listen on port ${port}: ${reasonOf(error)}.`
    throw new CommandError(inUse ? 'port-in-use' : 'cannot-listen', message, exitCodes.internalError)
  }
}
