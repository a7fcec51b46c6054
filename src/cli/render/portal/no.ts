import type { PortalRendering } from '../../portal/portal-command.js'
import type { PortalOutcome } from '../../portal/portal-exit-code.js'
import { loginAdvice } from '../../portal/portal-options.js'
import { renderColumns } from '../columns.js'
import { renderDate } from '../dates.js'

/** Why nothing was done, or why nobody knows. */
export function renderPortalNo(outcome: PortalOutcome, { colors, now }: PortalRendering): string {
  switch (outcome.outcome) {
    case 'refused':
      return renderColumns(
        colors.red(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Fields', outcome.fields?.join(', ')],
          ['To log in', isAboutLogin(outcome.reason) ? loginAdvice : undefined],
        ],
        colors.dim,
      )
    case 'deferred':
      return renderColumns(
        colors.yellow(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Try again', `from ${renderDate(outcome.retryAt, now)}`],
        ],
        colors.dim,
      )
    case 'uncertain':
      return renderColumns(
        colors.yellow(outcome.message),
        [
          ['Reason', outcome.reason],
          ['Sent', renderDate(outcome.sentAt, now)],
        ],
        colors.dim,
      )
    default:
      return outcome.outcome
  }
}

function isAboutLogin(reason: string): boolean {
  return reason === 'login-required' || reason === 'login-over'
}
