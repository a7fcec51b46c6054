import type { Command } from 'commander'
import type { Perform } from '../../perform.js'
import { credentialsHelp } from '../../portal/portal-options.js'
import { addClients } from './clients.js'
import { addKeys } from './keys.js'
import { addLicenses } from './licenses.js'
import { addSession } from './session.js'
import { addUsage } from './usage.js'
import { addWebhooks } from './webhooks.js'

export function addPortal(program: Command, perform: Perform): void {
  const portal = program
    .command('portal')
    .summary('for resellers and agencies: licenses, clients, API keys and webhooks')
    .description('Works with the portal, as a reseller or an agency does.')
    .addHelpText('afterAll', credentialsHelp)
  for (const add of [addSession, addLicenses, addClients, addUsage, addKeys, addWebhooks]) add(portal, perform)
}
