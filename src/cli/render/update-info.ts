import type { UpdateInfoOutcome } from '../../index.js'
import type { Colors } from './colors.js'
import { renderColumns } from './columns.js'
import { renderDate } from './dates.js'
import { renderNo } from './outcome.js'

/** Everything but tabs and ends of lines that a terminal would take for a command. */
const controls = /[\p{Cc}\p{Bidi_Control}]/gu

export function renderUpdateInfo(outcome: UpdateInfoOutcome, now: number, colors: Colors): string {
  if (outcome.outcome !== 'described') return renderNo(outcome, now, colors)
  const { release, changelog } = outcome
  const head = renderColumns(
    colors.green(`Version ${release.version}`),
    [
      ['Channel', release.channel],
      ['Released', renderDate(release.releasedAt, now)],
    ],
    colors.dim,
  )
  // No signature covers the text: whoever poses as the hub could otherwise write anything over what stands above.
  const text = changelog.replace(controls, (character) => (/[\t\n]/.test(character) ? character : ''))
  return `${head}\n\n${text.trimEnd()}`
}
