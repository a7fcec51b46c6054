import type { Command } from 'commander'
import type { Perform } from '../../perform.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'

export function addSession(portal: Command, perform: Perform): void {
  const login = portal
    .command('login')
    .summary('log in, and keep the login for the next commands')
    .description('Logs in with the e-mail address and password of the environment, and keeps the login in a file.')
  withPortalOptions(login).action((values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.login(),
        ({ account }, { colors }) =>
          colors.green(account ? `Logged in as ${account.email} (${account.type}).` : 'Logged in.'),
      ),
    ),
  )

  const logout = portal
    .command('logout')
    .summary('forget the login on this machine')
    .description('Removes the login from this machine. Asks no hub.')
  withPortalOptions(logout).action((values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.logout(),
        () => 'Logged out on this machine.',
      ),
    ),
  )
}
