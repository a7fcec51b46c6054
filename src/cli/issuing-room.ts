import { CommandError } from './command-error.js'

/** Loaded by the commands of sellers alone: a verification has to start fast. */
export type IssuingRoom = typeof import('../issuing/index.js')

/** Runs `operation`; what is wrong with a seller's input is wrong usage. */
export async function inIssuingRoom<Result>(operation: (room: IssuingRoom) => Promise<Result>): Promise<Result> {
  const room = await import('../issuing/index.js')
  try {
    return await operation(room)
  } catch (error) {
    if (room.isIssuingError(error)) throw new CommandError(error.code, error.message)
    throw error
  }
}
