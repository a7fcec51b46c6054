import type { LimitedHub } from '../../support/limited-hub.js'
import { type Asker, startAsker } from './asker-process.js'
import type { AskingOrder, AskingReport } from './asking.js'

export interface CrowdOptions extends Pick<AskingOrder, 'lock' | 'deadlineMs'> {
  readonly processes: number
  /** Words in front of each command. */
  readonly wrapper?: readonly string[]
}

/** Products of one machine, each for a domain of its own, that never stop asking. */
export interface Crowd {
  readonly askers: readonly Asker[]
  stop(): Promise<readonly AskingReport[]>
  kill(): void
}

/** Resolves when all have been activated and ask nothing yet. */
export async function gatherCrowd(
  program: string,
  { options: hub, directory, licenseKey: key }: LimitedHub,
  { processes, lock, deadlineMs, wrapper }: CrowdOptions,
): Promise<Crowd> {
  const askers = Array.from({ length: processes }, (_, index) =>
    startAsker(program, { hub, directory, domain: `site-${index}.com`, key, lock, deadlineMs }, wrapper),
  )
  const kill = () => {
    for (const asker of askers) asker.kill()
  }
  await Promise.all(askers.map((asker) => asker.ready)).catch((error: unknown) => {
    kill()
    throw error
  })
  return { askers, stop: () => Promise.all(askers.map((asker) => asker.stop())), kill }
}
