import type { CheckComponentsOutcome, ComponentClient, InstallComponentOutcome } from '../index.js'
import { downloadReporter } from './download-reporter.js'
import { type ExitCode, exitCodes, outcomeExitCode } from './exit-code.js'
import type { Terminal } from './terminal.js'

/** What came of each component that had something newer. */
export interface ComponentsUpdated {
  readonly outcome: 'updated'
  readonly items: readonly (InstallComponentOutcome & { readonly slug: string })[]
}

/** Updates all installed components that have something newer, one after the other. One that fails stops no other. */
export async function updateComponents(
  components: ComponentClient,
  place: { readonly directory?: string },
  terminal: Terminal,
): Promise<ComponentsUpdated | CheckComponentsOutcome> {
  const found = await components.check({ fresh: true })
  if (found.outcome !== 'available') return found
  const items: (InstallComponentOutcome & { slug: string })[] = []
  for (const { slug } of found.items) {
    const outcome = await components.update(slug, { ...place, onProgress: downloadReporter(terminal, slug) })
    items.push({ ...outcome, slug })
  }
  return { outcome: 'updated', items }
}

/** That of the first component that was not updated. */
export function updatedExitCode({ items }: ComponentsUpdated): ExitCode {
  return items.map(({ outcome }) => outcomeExitCode(outcome)).find((code) => code !== exitCodes.done) ?? exitCodes.done
}
