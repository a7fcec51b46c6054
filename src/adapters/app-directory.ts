import { builtIn } from './built-in.js'

const applicationName = 'flavor-license'

/**
 * Where this user's programs keep data that must last. Not the cache directory, which an operating system may empty: a
 * lost record costs the customer an activation.
 *
 * Rejects where there is no such place. A home that is missing or relative is none: the record would land in whatever
 * the working directory happens to be.
 */
export async function appDirectory(): Promise<string> {
  // Loading it asks for the home directory, which throws for a user that the system does not know.
  const { default: envPaths } = await import('env-paths')
  const { data } = envPaths(applicationName, { suffix: '' })
  if (!builtIn.path().isAbsolute(data)) throw new Error('This user has no home directory.')
  // Nobody chose this directory, so that a file in its place is no mistake of the caller.
  const present = await builtIn
    .fileSystem()
    .promises.stat(data)
    .catch(() => undefined)
  if (present?.isFile()) throw new Error(`There is a file in place of the data directory: ${data}.`)
  return data
}
