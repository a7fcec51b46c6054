import type { PortalClient } from '../../portal/index.js'
import { type Colors, colorsFor } from '../render/colors.js'
import { renderPortalNo } from '../render/portal/no.js'
import type { Report } from '../report.js'
import type { Terminal } from '../terminal.js'
import { type PortalOutcome, portalExitCode } from './portal-exit-code.js'
import { type PortalOptionValues, readPortalDirectory, readPortalOptions } from './portal-options.js'

/** What the answer to a command is rendered with. */
export interface PortalRendering {
  readonly colors: Colors
  /** Epoch milliseconds. */
  readonly now: number
}

type NotSuccessful = { readonly outcome: 'refused' | 'deferred' | 'uncertain' }

/** Runs `operation` with a portal client, whose connections are ended before the report is given. */
export async function onPortal<Outcome extends PortalOutcome>(
  values: PortalOptionValues,
  terminal: Terminal,
  operation: (portal: PortalClient) => Promise<Outcome>,
  render: (outcome: Exclude<Outcome, NotSuccessful>, rendering: PortalRendering) => string | Promise<string>,
): Promise<Report> {
  // Loaded by the commands of sellers alone: a verification has to start fast.
  const { createPortalClient, fileTokenStore } = await import('../../portal/index.js')
  const directory = readPortalDirectory(values, terminal)
  const portal = createPortalClient({
    ...readPortalOptions(values, terminal),
    tokenStore: fileTokenStore(directory),
    ...(directory !== undefined && { directory }),
  })
  try {
    const outcome = await operation(portal)
    const rendering = { colors: colorsFor(terminal), now: Date.now() }
    // Standard output may hold a spreadsheet, which says nothing of what is missing from it.
    if (outcome.outcome === 'created-in-part') terminal.stderr.write(`warning: ${outcome.message}\n`)
    const text = isSuccessful(outcome) ? await render(outcome, rendering) : renderPortalNo(outcome, rendering)
    return { exitCode: portalExitCode(outcome), json: outcome, text }
  } finally {
    await portal.close()
  }
}

function isSuccessful<Outcome extends PortalOutcome>(outcome: Outcome): outcome is Exclude<Outcome, NotSuccessful> {
  return !['refused', 'deferred', 'uncertain'].includes(outcome.outcome)
}
