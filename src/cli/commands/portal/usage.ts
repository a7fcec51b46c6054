import type { Command } from 'commander'
import type { Perform } from '../../perform.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'
import { renderCredits, renderUsage } from '../../render/portal/usage.js'

export function addUsage(portal: Command, perform: Perform): void {
  const usage = portal
    .command('usage')
    .summary('tell how many licenses the account has, and may have')
    .description('Tells how many licenses the account has, and may have. Needs a login.')
  withPortalOptions(usage).action((values: PortalOptionValues) =>
    perform((terminal) => onPortal(values, terminal, (client) => client.licenses.usage(), renderUsage)),
  )

  const credits = portal
    .command('credits')
    .summary('tell what is left of the license packs')
    .description('Tells what is left of the license packs. Needs a login.')
  withPortalOptions(credits).action((values: PortalOptionValues) =>
    perform((terminal) => onPortal(values, terminal, (client) => client.licenses.packCredits(), renderCredits)),
  )
}
