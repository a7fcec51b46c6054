import { createRequestBudgets } from '../asking/request-budget.js'
import { FlavorLicenseError } from '../domain/errors.js'
import type { LoggedIn, LoggedOut, NotDone } from '../domain/portal/outcome.js'
import type { Clock } from '../ports/clock.js'
import type { Hash } from '../ports/hash.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { Random } from '../ports/random.js'
import type { TokenStore } from '../ports/token-store.js'
import type { Transport } from '../ports/transport.js'
import { type PortalApiKeys, portalApiKeys } from './api-keys.js'
import {
  type AskPortal,
  abortable,
  askWithApiKey,
  askWithLogin,
  type CallTermsReader,
  createCallTermsReader,
} from './ask-portal.js'
import { type PortalClients, portalClients } from './clients.js'
import { createHubLine } from './hub-line.js'
import { type PortalLicenses, portalLicenses } from './licenses.js'
import type { PortalCallOptions } from './options.js'
import { refused } from './outcomes.js'
import { createSession, type Session } from './session.js'
import type { PortalSettings } from './settings.js'
import { type PortalWebhooks, portalWebhooks } from './webhooks.js'

/**
 * The portal, as one account sees it.
 *
 * What the hub or the network does is never thrown: it is part of the outcome. A method rejects with a
 * FlavorLicenseError only: `aborted` when its `signal` aborts, `closed` after {@link PortalClient.close},
 * `invalid-option` when its `deadlineMs` is no time. A loop over a list rejects with a ListInterruptedError.
 */
export interface PortalClient {
  readonly licenses: PortalLicenses
  readonly clients: PortalClients
  readonly apiKeys: PortalApiKeys
  readonly webhooks: PortalWebhooks
  /** Logs in now. There is no need to: every call logs in when it has to. */
  login(options?: PortalCallOptions): Promise<LoggedIn | NotDone>
  /** Forgets the login on this machine. */
  logout(): Promise<LoggedOut>
  /** Ends all connections. */
  close(): Promise<void>
}

/** Everything that can fail, behind interfaces. */
export interface PortalPorts {
  readonly clock: Clock
  readonly random: Random
  readonly hash: Hash
  readonly transport: Omit<Transport, 'stream'>
  readonly ledger: LedgerStore
  readonly tokens: TokenStore
}

/** The portal client over any settings and ports. */
export function composePortalClient(settings: PortalSettings, ports: PortalPorts): PortalClient {
  const { transport } = ports
  const readTerms = createCallTermsReader(settings, ports.clock)
  const { askAs, session } = openAccess(settings, ports, readTerms)
  let closed = false
  const ask: AskPortal = async (call, options) => {
    requireOpen()
    return askAs(call, options)
  }

  function requireOpen(): void {
    if (closed) throw new FlavorLicenseError('closed', 'This portal client has been closed. Create a new one.')
  }

  return {
    licenses: portalLicenses(ask),
    clients: portalClients(ask),
    apiKeys: portalApiKeys(ask),
    webhooks: portalWebhooks(ask),
    async login(options) {
      requireOpen()
      return abortable(options, () => session.login(readTerms(options)))
    },
    async logout() {
      requireOpen()
      return session.logout()
    },
    async close() {
      closed = true
      await transport.close()
    },
  }
}

interface PortalAccess {
  readonly askAs: AskPortal
  readonly session: Pick<Session, 'login' | 'logout'>
}

function openAccess(settings: PortalSettings, ports: PortalPorts, readTerms: CallTermsReader): PortalAccess {
  const { credentials } = settings
  const line = createHubLine(settings, { ...ports, budgets: createRequestBudgets(settings, ports) })
  if (credentials.kind === 'api-key') {
    return { askAs: askWithApiKey(settings, credentials.apiKey, line, readTerms), session: noSession }
  }
  const session = createSession(settings, credentials, { ...ports, line })
  return { askAs: askWithLogin(session, line, readTerms), session }
}

const noSession: PortalAccess['session'] = {
  login: async () => refused('login-required', 'An API key needs no login, and cannot be used for one.'),
  logout: async () => ({ outcome: 'logged-out' }),
}
